"""The evidence of one release: each file's digest and size, and what the CI reports among them say."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BufferedReader
from pathlib import Path
from typing import Any

from release_portal import digest, evidence
from release_portal.budget import SECONDS_REPORT, SMALL_REPORT, over_budget
from release_portal.evidence._evidence import LIMIT, Broken, Format, Report, may_be_report, report
from release_portal.records._record import Record
from release_portal.records._walk import evidence_of, listed_paths
from release_portal.registry import collect
from release_portal.release import RELEASES, EvidenceFile


@dataclass
class EvidenceFiles:
    """Reads evidence files by their paths below the folder of a release."""

    root: Path
    version: str

    def read(self, paths: list[str], records: list[Record[Any]]) -> dict[str, EvidenceFile]:
        """Every file, and of those that records list what they say, where they are reports."""
        files = {path: self._evidence(path) for path in paths}
        for path in {path for record in records for path in listed_paths(record)} & files.keys():
            files[path] = self._with_report(files[path])
        for path in {path for record in records for path in self._unlike(record, files)}:
            files[path] = self._with_line_ends(files[path])
        return files

    def _evidence(self, path: str) -> EvidenceFile:
        with self._open(path) as file:
            return EvidenceFile(
                path, hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
            )

    def _with_report(self, file: EvidenceFile) -> EvidenceFile:
        """Read what an evidence file says, where it is a CI report."""
        if not may_be_report(_formats(), file.path):
            return file
        if file.size > SMALL_REPORT and (
            over := over_budget(partial(self._report_in, file.path), SECONDS_REPORT)
        ):
            return replace(file, report=Broken("CI", over))
        return replace(file, report=self._report_in(file.path))

    def _report_in(self, path: str) -> Report | None:
        with self._open(path) as stream:
            return report(_formats(), path, stream.read(LIMIT + 1))

    def _unlike(self, record: Record[Any], files: Mapping[str, EvidenceFile]) -> Iterator[str]:
        """Paths of the evidence files that have another digest than a record states."""
        for _, stated in evidence_of(record):
            if stated.path in files and files[stated.path].sha256 != stated.sha256:
                yield stated.path

    def _with_line_ends(self, file: EvidenceFile) -> EvidenceFile:
        """Work out what its digest would be with other line ends, which a checkout may have given it."""
        with self._open(file.path) as stream:
            plain = stream.read(LIMIT).replace(b"\r\n", b"\n")
        digests = (digest.of_bytes(plain), digest.of_bytes(plain.replace(b"\n", b"\r\n")))
        return replace(file, line_ends=digests if file.size <= LIMIT else ())

    def _open(self, path: str) -> BufferedReader:
        full = os.path.join(
            self.root, RELEASES, self.version, path
        )  # a Path for each file would cost more than opening it
        return os.fdopen(os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")


@cache
def _formats() -> tuple[Format, ...]:
    """The report formats that are known."""
    return collect(evidence, "FORMAT", Format)
