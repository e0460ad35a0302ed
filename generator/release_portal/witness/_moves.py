"""Which commits put a release in another phase."""

import re
from collections.abc import Iterable, Iterator, Mapping

from release_portal.git import FileChange, FileLog, Repository
from release_portal.portal import Move
from release_portal.source import Unreadable, parse

_PHASE = re.compile(rb"(?m)^phase: *([a-z0-9-]+) *\r?$")


def moves(repository: Repository, files: FileLog, folders: Iterable[str]) -> Mapping[str, tuple[Move, ...]]:
    """The moves of each release by its folder: one process for all."""
    changes = {folder: tuple(_changes(files, folder)) for folder in folders}
    texts = repository.contents({one.blob.id for every in changes.values() for one in every if one.blob})
    phases = {object_id: _phase(text) for object_id, text in texts.items()}
    return {folder: tuple(_moves(every, phases)) for folder, every in changes.items()}


def _changes(files: FileLog, folder: str) -> Iterator[FileChange]:
    """The commits that left a release.yaml in a folder, parents before children."""
    history = files.of(f"{folder}/release.yaml")
    for change in history.changes if history else ():
        if change.blob and change.blob.is_regular:
            yield change


def _moves(changes: Iterable[FileChange], phases: Mapping[str, str]) -> Iterator[Move]:
    for change in changes:
        phase = phases[change.blob.id] if change.blob else ""
        before = tuple(phases[one] for one in change.before if one in phases)
        if phase and any(one != phase for one in before or ("",)):
            yield Move(change.commit, phase, before)


def _phase(text: bytes) -> str:
    """The phase that a release.yaml states; empty where it cannot be read."""
    plain = _PHASE.findall(text)
    if len(plain) == 1 and text.count(b"phase") == 1:  # parsing every text of every release would take long
        return str(plain[0].decode())
    try:
        value = parse("release.yaml", text).value("phase")
    except Unreadable:
        return ""
    return value if isinstance(value, str) else ""
