"""A file that takes its place only when all of it was written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from release_portal import drafts
from release_portal.failure import Misconfigured


@contextmanager
def atomic(target: Path, *, force: bool = False) -> Iterator[IO[bytes]]:
    """A file to write to. It becomes `target` if the block ends well, and leaves nothing behind if not.

    Raises:
        Misconfigured: `target` is a folder, or is there and `force` was not given, or its folder cannot be written to.

    """
    if target.is_dir():
        raise Misconfigured(f"{target} is a folder", "name a file in it")
    if target.exists() and not force:
        raise _taken(target)
    try:
        descriptor, draft = drafts.begin(target.parent, target.name)
    except OSError as error:
        raise Misconfigured(
            f"cannot write to {target.parent}: {error.strerror}", "name another file"
        ) from error
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(draft, 0o644)  # mkstemp makes files for one reader
        _place(Path(draft), target, force=force)
    finally:
        Path(draft).unlink(missing_ok=True)


def _place(draft: Path, target: Path, *, force: bool) -> None:
    """Put the draft in its place in one step, over another file only if that was asked for."""
    if force:
        draft.replace(target)
        return
    try:
        target.hardlink_to(draft)
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError:  # a file system without hard links
        draft.replace(target)


def _taken(target: Path) -> Misconfigured:
    return Misconfigured(f"{target} is there already", "--force writes over it")
