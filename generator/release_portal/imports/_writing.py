"""Writes files below a release's folder: each whole or not at all, and through no link."""

import os
from contextlib import suppress
from pathlib import Path

from release_portal import drafts
from release_portal.failure import Misconfigured


def write(root: Path, path: str, content: bytes) -> None:
    """Put a file in place at a path from the root.

    Raises:
        Misconfigured: a folder on the way to it is a link, or the file cannot be written.

    """
    file = root / path
    for folder in (root / parent for parent in Path(path).parents):
        if folder.is_symlink() and folder != root:
            raise Misconfigured(f"{folder.relative_to(root)} is a link", "put a folder in its place")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, content)
    except OSError as error:
        hint = "what was written before it is whole; the same import completes it"
        raise Misconfigured(f"{path} cannot be written: {error.strerror}", hint) from error


def _replace(file: Path, content: bytes) -> None:
    mode = file.stat().st_mode & 0o777 if file.is_file() else 0o666 & ~_umask()
    descriptor, draft = drafts.begin(file.parent, file.name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            os.fchmod(stream.fileno(), mode)
        os.replace(draft, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
