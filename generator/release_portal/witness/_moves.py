"""Which commits put a release in another phase, or made it a release of another type."""

import re
from collections.abc import Iterable, Iterator, Mapping

from release_portal.git import FileChange, FileLog, Repository
from release_portal.portal import Move, Retyping
from release_portal.source import Unreadable, parse

_PLAIN = {key: re.compile(rb"(?m)^%s: *([a-z0-9-]+) *\r?$" % key.encode()) for key in ("phase", "type")}


def moves(
    repository: Repository, files: FileLog, folders: Iterable[str]
) -> tuple[Mapping[str, tuple[Move, ...]], Mapping[str, tuple[Retyping, ...]]]:
    """The moves of each release by its folder, and its changes of type: one process for all."""
    changes = {folder: tuple(_changes(files, folder)) for folder in folders}
    texts = repository.contents({one.blob.id for every in changes.values() for one in every if one.blob})
    phases = {object_id: _word(text, "phase") for object_id, text in texts.items()}
    kinds = {object_id: _word(text, "type") for object_id, text in texts.items()}
    return (
        {folder: tuple(_moves(every, phases)) for folder, every in changes.items()},
        {folder: found for folder, every in changes.items() if (found := tuple(_retypings(every, kinds)))},
    )


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


def _retypings(changes: Iterable[FileChange], kinds: Mapping[str, str]) -> Iterator[Retyping]:
    for change in changes:
        kind = kinds[change.blob.id] if change.blob else ""
        before = tuple(dict.fromkeys(kinds[one] for one in change.before if kinds.get(one)))
        if kind and any(one != kind for one in before):
            yield Retyping(change.commit, kind, before)


def _word(text: bytes, key: str) -> str:
    """What a release.yaml states as its phase, or its type; empty where it cannot be read."""
    plain = _PLAIN[key].findall(text)
    if (
        len(plain) == 1 and text.count(key.encode()) == 1
    ):  # parsing every text of every release would take long
        return str(plain[0].decode())
    try:
        value = parse("release.yaml", text).value(key)
    except Unreadable:
        return ""
    return value if isinstance(value, str) else ""
