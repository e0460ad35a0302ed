"""The evidence of a release: each copied file with its digest and who lists it, and what is only linked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from release_portal.pages._places import place
from release_portal.records._evidence import Evidence
from release_portal.records._record import Record
from release_portal.records._walk import evidence_of
from release_portal.release import EvidenceFile, Release


@dataclass(frozen=True, slots=True)
class Listing:
    """A record that lists a piece of evidence, and the address at which the record is shown."""

    record: Record[Any]
    address: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class File:
    """An evidence file, `found` in the folder or only listed. `path` is below the release's folder."""

    path: str
    found: EvidenceFile | None
    listings: tuple[Listing, ...]

    @property
    def sha256(self) -> str:
        """Digest of the file; of a file that is not there, the one stated."""
        return self.found.sha256 if self.found else self.listings[0].evidence.sha256

    @property
    def differs(self) -> bool:
        """Whether a record states another digest than the file has."""
        return self.found is not None and any(
            one.evidence.sha256 != self.found.sha256 for one in self.listings
        )

    @property
    def offered(self) -> bool:
        """Whether readers may have it: it is listed, and is what it is said to be."""
        return self.found is not None and bool(self.listings) and not self.differs


def listings(release: Release) -> tuple[Listing, ...]:
    """Every piece of evidence that the release's good records list."""
    return tuple(
        Listing(record, place(release, record.type.name), evidence)
        for record in release.records
        for _, evidence in evidence_of(record)
    )


def files(release: Release) -> Iterator[File]:
    """Every evidence file that is there or is listed, by path."""
    listed = listings(release)
    for path in sorted({*release.evidence, *(one.evidence.path for one in listed if one.evidence.path)}):
        by = tuple(one for one in listed if one.evidence.path == path)
        yield File(path, release.evidence.get(path), by)


@dataclass(frozen=True, slots=True)
class Digest:
    """A line as `sha256sum` prints it in the release's folder; `folder` is empty for a file directly in it."""

    sha256: str
    path: str

    def __str__(self) -> str:
        return f"{self.sha256}  {self.path}"

    @property
    def folder(self) -> str:
        """The folder that holds it, of those directly in the release's own."""
        return self.path.rpartition("/")[0].partition("/")[0]


def digests(release: Release) -> Iterator[Digest]:
    """Every file of the release with its digest, by path."""
    records = [*release.records, *(one.record for one in release.signoffs)]
    found = {release.relative(one): one.digest for one in records if one.digest}
    found |= {path: file.sha256 for path, file in release.evidence.items()}
    yield from (Digest(found[path], path) for path in sorted(found, key=str.encode))
