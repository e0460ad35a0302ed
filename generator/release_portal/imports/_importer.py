"""The shape of an importer, and of what it gives: entries of a record, and the files that prove them.

An importer reads and writes nothing. It turns the bytes of files into `Facts`; one place merges them into a record
and copies the files. What only a person can say is left out of the facts, and becomes a placeholder.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from release_portal.evidence._evidence import Unusable
from release_portal.failure import Misconfigured
from release_portal.portal import Portal
from release_portal.release import Release

Read = TypeVar("Read")
Value = Any  # str | list[Value] | dict[str, Value]: the text that a record holds


@dataclass(frozen=True, slots=True)
class Input:
    """A file that was named on the command line. `name` is its last part, `path` as it was given."""

    path: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file that goes into evidence/, and what it shows.

    `name` is what the copy is called. `made_at` is when the file says it was made; None where it does not say.
    """

    source: Input
    describes: str
    name: str
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a record's list.

    `identity` finds it again. `facts` are held against what stands there; `offers` are written only where nothing does.
    """

    identity: Mapping[str, str]
    facts: Mapping[str, Value] = field(default_factory=dict)
    offers: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an import says about one record.

    `record` is the name of its type, `listing` the key of the list that `entries` belong to. `values` and `evidence`
    are the record's own. With `attaches`, entries must be there already: their files are only put beside them.
    """

    record: str
    listing: str
    entries: tuple[Entry, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Copy, ...] = ()
    attaches: bool = False

    @property
    def copies(self) -> tuple[Copy, ...]:
        """Every file that goes into evidence/."""
        return (*self.evidence, *(one for entry in self.entries for one in entry.evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What an importer is given: the portal, the release, the time, and the files that are about the release.

    `paths` are the files as they were named, for an importer that reads something else than files. `settled` is what
    the user said with `--set`. `notices` collects what a person should know of the import.
    """

    portal: Portal
    release: Release
    now: datetime
    files: tuple[Input, ...] = ()
    paths: tuple[str, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One format.

    `help` says what becomes of the files; `records` are the types that it writes, the first of which `--set` is about.
    `read` raises `Misconfigured`, which names the file and the cause. `takes_files` says whether it needs any.
    """

    name: str
    help: str
    records: tuple[str, ...]
    read: Callable[[Request], tuple[Facts, ...]]
    takes_files: bool = True


def of_each(files: Iterable[Input], read: Callable[[Input], Read]) -> tuple[Read, ...]:
    """What is read from each file.

    Raises:
        Misconfigured: one cannot be used; the message names it.

    """
    found = []
    for file in files:
        try:
            found.append(read(file))
        except Unusable as error:
            raise Misconfigured(f"{file.path} {error}", "export it again, as the tool writes it") from error
    return tuple(found)
