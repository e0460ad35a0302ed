"""Files that are written beside their place until they are whole, and what killed writers left of them."""

import fcntl
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

_END = ".draft"
_CHANCE = re.compile(r"[a-z0-9_]{8}")


def begin(folder: Path, name: str) -> tuple[int, str]:
    """A draft of a file of a name in a folder: its descriptor and path. What killed writers left of it is removed.

    Raises:
        OSError: the folder cannot be written to.

    """
    start = f".{name}."
    clear(folder, name)
    descriptor, path = tempfile.mkstemp(_END, start, folder)
    with suppress(OSError):  # a file system without locks keeps what killed writers leave
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # the kernel lets go of it, however this process ends
    return descriptor, path


def clear(folder: Path, name: str) -> None:
    """Remove what killed writers left of a file of a name in a folder. What somebody still writes stays.

    Raises:
        OSError: the folder cannot be read.

    """
    start = f".{name}."
    for entry in os.scandir(folder):
        chance = entry.name.removeprefix(start).removesuffix(_END)
        if entry.name == f"{start}{chance}{_END}" and _CHANCE.fullmatch(chance):
            with suppress(OSError):  # somebody else is writing it, or has just finished
                _remove_if_nobodys(entry.path)


def _remove_if_nobodys(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)
    finally:
        os.close(descriptor)
