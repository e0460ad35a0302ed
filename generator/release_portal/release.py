"""One release as found on disk: its records, its sign-offs, its evidence files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import semver

from release_portal import digest
from release_portal.evidence._evidence import Report
from release_portal.finding import Location
from release_portal.proof import Attestation, Proof
from release_portal.records._record import Record
from release_portal.records.release import Release as Facts
from release_portal.records.signoff import Signoff

Shape = TypeVar("Shape")
Key = TypeVar("Key")
RELEASES = "releases"  # the folder of all releases, below the root
CLOSED, WITHDRAWN = "closed", "withdrawn"
NOT_LOOKED_AT = Attestation(Proof.CLAIMED, "not looked at yet")


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file below evidence/: `path` relative to the release's folder, size in bytes.

    `report` is what it says, where a record lists it and it is a CI report of a known format; `line_ends` are its
    digests with LF and with CRLF line ends, where a record states another digest than its own.
    """

    path: str
    sha256: str
    size: int
    report: Report | None = None
    line_ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedRecord:
    """A sign-off file together with the record type or document that it is about, and what is proved of it."""

    subject: str
    record: Record[Signoff]
    attestation: Attestation = NOT_LOOKED_AT

    @property
    def value(self) -> Signoff | None:
        """The sign-off; None where the file is not good enough to be one."""
        return self.record.value


@dataclass(frozen=True, kw_only=True)
class Release:
    """A release's folder, read. `version` is the folder's name; `folder` its path from the portal's root."""

    version: str
    folder: str
    records: tuple[Record[Any], ...]
    signoffs: tuple[SignedRecord, ...] = ()
    evidence: Mapping[str, EvidenceFile] = field(default_factory=dict)

    def all(self, shape: type[Shape]) -> Iterator[Record[Shape]]:
        """The valid records of a shape, in order of their paths."""
        return iter(self._by_shape.get(shape, ()))

    def one(self, shape: type[Shape]) -> Record[Shape] | None:
        """The valid record of a shape that a release has once."""
        return next(self.all(shape), None)

    def named(self, type_name: str) -> tuple[Record[Any], ...]:
        """Every record of a type, also those with errors."""
        return self._by_type.get(type_name, ())

    @cached_property
    def _by_shape(self) -> Mapping[type[Any], tuple[Record[Any], ...]]:
        return _grouped((one.type.shape, one) for one in self.records if one.value is not None)

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[Record[Any], ...]]:
        return _grouped((one.type.name, one) for one in self.records)

    @cached_property
    def facts(self) -> Facts | None:
        """What release.yaml says; None where it is missing or broken."""
        record = self.one(Facts)
        return record.value if record else None

    @cached_property
    def phase(self) -> str:
        """What release.yaml gives as the phase, even where the rest of it has errors; empty without it."""
        return self._stated("phase")

    @cached_property
    def process_version(self) -> str:
        """The version of the process that release.yaml names; empty without it."""
        return self._stated("process")

    def _stated(self, key: str) -> str:
        stated = (record.source.value(key) for record in self.named("release"))
        return next((value for value in stated if isinstance(value, str)), "")

    @property
    def title(self) -> str:
        """The release's title; its version where it has none."""
        return self.facts.title if self.facts else self.version

    @property
    def location(self) -> Location:
        """Where the release as a whole is told about: its release.yaml."""
        return Location(f"{self.folder}/release.yaml")

    def relative(self, record: Record[Any]) -> str:
        """A record's path below the release's folder."""
        return record.path.removeprefix(f"{self.folder}/")

    def subjects(self, subject: str) -> tuple[Record[Any], ...]:
        """The records that a sign-off is about: those of a type, or the document of that name."""
        documents = (one for one in self.named("document") if one.name == subject)
        return self.named(subject) or tuple(documents)

    def digest_of(self, subject: str) -> str:
        """What a sign-off on a subject binds to, in hexadecimal digits; empty without such a record.

        A deliverable's number stands for the statement in release.yaml that it does not apply.
        """
        records = self.subjects(subject)
        if not records:
            stated = self.facts.not_applicable.get(subject) if self.facts else None
            return digest.of_lines(subject, stated.approved_by, stated.reason) if stated else ""
        if not (records[0].type.several and records[0].type.name == subject):
            return records[0].digest
        return digest.of_listing({self.relative(record): record.digest for record in records})

    def package_digest(self, folders: tuple[str, ...]) -> str:
        """Digest over every record in some of the release's folders, as a package record states it."""
        inside = {self.relative(record): record.digest for record in self.records}
        return digest.of_listing({path: sha for path, sha in inside.items() if path.split("/")[0] in folders})

    def precedence(self) -> tuple[bool, semver.Version]:
        """Sorts releases from old to new; folders that are no version come first."""
        if semver.Version.is_valid(self.version):
            return (True, semver.Version.parse(self.version))
        return (False, semver.Version(0))


def _grouped(pairs: Iterable[tuple[Key, Record[Any]]]) -> Mapping[Key, tuple[Record[Any], ...]]:
    """Records by a key, in their order."""
    found: dict[Key, list[Record[Any]]] = {}
    for key, record in pairs:
        found.setdefault(key, []).append(record)
    return {key: tuple(records) for key, records in found.items()}
