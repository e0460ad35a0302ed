"""Files that are written beside their place until they are whole, and what killed writers left of them."""

import fcntl
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from release_portal.failure import Misconfigured

_END = ".draft"
_CHANCE = re.compile(r"[a-z0-9_]{8}")


def put(root: Path, path: str, content: bytes) -> None:
    """Put a file in place at a path from the root: whole or not at all, and through no link.

    Raises:
        Misconfigured: something on the way to it is no folder, or the file cannot be written.

    """
    file = root / path
    for folder in [root / parent for parent in Path(path).parents][
        -2::-1
    ]:  # from the top, without the root itself
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            what = "a link" if folder.is_symlink() else "a file"
            raise Misconfigured(f"{folder.relative_to(root)} is {what}", "put a folder in its place")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, content)
    except OSError as error:
        hint = "what was written before it is whole; the same command completes it"
        raise Misconfigured(f"{path} cannot be written: {error.strerror}", hint) from error


def _replace(file: Path, content: bytes) -> None:
    mode = file.stat().st_mode & 0o777 if file.is_file() else 0o666 & ~_umask()
    descriptor, draft = begin(file.parent, file.name)
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
