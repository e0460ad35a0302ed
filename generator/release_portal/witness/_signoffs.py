"""Files of sign-offs, also those that HEAD has no more, and what they said."""

import re
from collections.abc import Iterator, Mapping

from release_portal.git import FileChange, FileLog, Repository
from release_portal.source import Unreadable, parse

_PATH = re.compile(r"releases/[^/]+/signoffs/[^/]+/[^/]+\.yaml")


def signoff_paths(files: FileLog) -> tuple[str, ...]:
    """Paths of all files of sign-offs there are or were."""
    return tuple(path for path in files.paths if _PATH.fullmatch(path))


def rejections(repository: Repository, files: FileLog) -> Mapping[str, tuple[FileChange, ...]]:
    """By path, the changes that left a rejection in a sign-off's file that HEAD does not have: one process."""
    earlier = {path: tuple(_earlier(files, path)) for path in signoff_paths(files)}
    texts = repository.contents({one.blob.id for every in earlier.values() for one in every if one.blob})
    rejecting = {object_id for object_id, text in texts.items() if _rejects(text)}
    kept = {
        path: tuple(one for one in every if one.blob and one.blob.id in rejecting)
        for path, every in earlier.items()
    }
    return {path: every for path, every in kept.items() if every}


def _earlier(files: FileLog, path: str) -> Iterator[FileChange]:
    history = files.of(path)
    for change in history.changes if history else ():
        if history and change.blob and change.blob.is_regular and change.blob != history.tip:
            yield change


def _rejects(text: bytes) -> bool:
    if b"reject" not in text:
        return False
    try:
        return bool(parse("signoff.yaml", text).value("decision") == "reject")
    except Unreadable:
        return False
