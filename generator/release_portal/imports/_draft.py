"""One record with imported facts in it, worked out and judged before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from release_portal.failure import Misconfigured
from release_portal.imports._importer import Facts, Request
from release_portal.imports._merge import Conflict, Merging
from release_portal.imports._yaml import Layout
from release_portal.records._record import RecordType, read
from release_portal.release import RELEASES
from release_portal.source import Source, Unreadable, parse
from release_portal.source import read as read_source
from release_portal.wording import printable, shown

Places = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as the import would have it. `before` is the file as it stands; None where there is none yet."""

    before: Source | None
    after: Source
    conflicts: tuple[Conflict, ...]

    @property
    def changed(self) -> bool:
        """Whether the record says anything new."""
        return self.before is None or self.after.data != self.before.data

    def told(self) -> Iterator[str]:
        """What a person wrote that the import would change, at path, line and column."""
        for one in self.conflicts:
            at = (self.before or self.after).locate(*one.route)
            key = next(step for step in reversed(one.route) if isinstance(step, str))
            yield f"{at}: {key} is {_words(one.stands)}; the import says {_words(one.says)}"


def draft(
    root: Path, request: Request, type_: RecordType[Any], facts: Facts, places: Places, *, force: bool
) -> Draft:
    """A record with facts merged into it; from the scaffold where there is no such record yet.

    Raises:
        Misconfigured: the process asks for no such record, it cannot be read, or the facts would make it invalid.

    """
    process = request.portal.process_of(request.release)
    home = process.home(type_.name)
    if home is None:
        raise Misconfigured(
            f"the process asks for no {type_.name}, which {type_.title.lower()} is",
            "bind it in release-process.md",
        )
    kind = request.release.facts.type if request.release.facts else "standard"
    scaffold = type_.filled(process.words(request.release.version, kind))
    path = f"{RELEASES}/{request.release.version}/{home.folder}/{type_.file}"
    before = _source(root, path)
    start = before.text if before else scaffold
    layout = Layout(start)
    document = layout.load(start)
    if not isinstance(document, dict):
        raise Misconfigured(f"{path} is no group of fields", "correct it, or remove it")
    merging = Merging(
        document, type_, parse(path, scaffold.encode()).value(facts.listing, 0) or {}, places, force
    )
    merging.merge(facts)
    done = Draft(
        before, _judged(type_, before, path, layout.dump(document).encode()), tuple(merging.conflicts)
    )
    if done.changed and not layout.keeps:
        request.notices.append(f"{path}: blanks and line breaks are laid out anew; words and comments stay")
    return done


def _judged(type_: RecordType[Any], before: Source | None, path: str, content: bytes) -> Source:
    """The new text of a record, refused where it has an error that the text before had not."""
    try:
        after = parse(path, content)
    except Unreadable as error:
        raise Misconfigured(f"{error.location}: {error.message}", error.hint) from error
    known = {one for _, one in read(type_, before).errors} if before else set()
    for at, one in read(type_, after).errors:
        if one not in known:
            raise Misconfigured(f"{at}: with this import, {one.message}", one.hint)
    return after


def _source(root: Path, path: str) -> Source | None:
    if not (root / path).exists() and not (root / path).is_symlink():
        return None
    try:
        return read_source(root, path)
    except Unreadable as error:
        raise Misconfigured(f"{error.location}: {error.message}", error.hint) from error


def _words(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = ", ".join(map(str, value)) or "nothing"
    return printable(shown(value))
