"""The files that an import is given: regular, not empty, of a bounded size."""

import os
import stat
from pathlib import Path

from release_portal.evidence._evidence import LIMIT
from release_portal.failure import Misconfigured
from release_portal.imports._importer import Input


def read_input(given: str) -> Input:
    """The bytes of a file.

    Raises:
        Misconfigured: there is none, it is no regular file, is empty, or is larger than `LIMIT`.

    """
    path = Path(given)
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise Misconfigured(f"{given} is no regular file", "name the file that the tool wrote")
            data = file.read(LIMIT + 1)
    except OSError as error:
        hint = "name the file that the tool wrote; without it there is nothing to import"
        raise Misconfigured(f"{given} cannot be read: {error.strerror}", hint) from error
    if not data.strip():
        raise Misconfigured(
            f"{given} is empty", "an empty file is no report: look whether the tool ran to its end"
        )
    if len(data) > LIMIT:
        raise Misconfigured(f"{given} is larger than {LIMIT // 1024 // 1024} MB", "export less of it")
    return Input(path.name if path.is_absolute() else path.as_posix(), path.name, data)
