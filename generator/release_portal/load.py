"""Reads a portal from disk: process, roster and every release's files, with what is wrong in them.

One broken file never hides another: what cannot be read becomes a finding, and reading goes on.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import semver

from release_portal import process as process_document
from release_portal import records
from release_portal.failure import Misconfigured
from release_portal.finding import Finding, Location, Severity
from release_portal.portal import Portal
from release_portal.process import Process
from release_portal.progress import progress
from release_portal.records._record import Record, RecordType, read
from release_portal.registry import collect
from release_portal.release import EvidenceFile, Release, SignedRecord
from release_portal.roster import Roster
from release_portal.settings import Settings
from release_portal.source import Source, Unreadable
from release_portal.source import read as read_source
from release_portal.wording import meant, nearest, printable

PROCESS = "release-process.md"
ROSTER = "roster/people.yaml"
RELEASES = "releases"
_PORTABLE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,99}\Z")
_DEPTH = 10


def record_types() -> dict[str, RecordType[Any]]:
    """All record types by name."""
    return {type_.name: type_ for type_ in collect(records, "RECORD", RecordType)}


def load(root: Path, settings: Settings, as_of: datetime | None = None) -> Portal:
    """The portal in a folder, as of an instant; as of now, if none is given.

    Raises:
        Misconfigured: there is no usable process document, without which nothing can be judged.

    """
    as_of = as_of or datetime.now(UTC)
    types = record_types()
    findings: list[Finding] = []
    process = _process(root, types, findings)
    roster = _roster(root, types["people"], findings)
    releases = [
        _Folder(root, process, types, findings).release(name) for name in _release_names(root, findings)
    ]
    releases.sort(key=Release.precedence, reverse=True)
    return Portal(
        settings=settings,
        process=process,
        roster=roster,
        releases=tuple(releases),
        as_of=as_of,
        progress={one.version: progress(process, roster, one, as_of) for one in releases},
        unread=tuple(findings),
    )


def _process(root: Path, types: dict[str, RecordType[Any]], findings: list[Finding]) -> Process:
    known = [name for name, type_ in types.items() if type_.home == "phase"]
    try:
        process, problems = process_document.parse(read_source(root, PROCESS), known)
    except Unreadable as error:
        raise Misconfigured(
            f"{error.location}: {error.message}", error.hint or f"a portal has a {PROCESS}"
        ) from error
    if process is None:
        first = problems[0]
        raise Misconfigured(f"{first.location}: {first.message}", first.hint)
    findings.extend(problems)
    return process


def _roster(root: Path, type_: RecordType[Any], findings: list[Finding]) -> Roster:
    record = _record(root, ROSTER, type_, "", "", findings)
    return Roster.from_record(record) if record else Roster()


def _release_names(root: Path, findings: list[Finding]) -> Iterator[str]:
    """Names of the release folders; anything else in releases/ is a finding."""
    folder = root / RELEASES
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda one: one.name):
        path = Location(f"{RELEASES}/{printable(entry.name)}")
        if not entry.is_dir(follow_symlinks=False):
            findings.append(
                _finding("unknown-file", path, "only folders of releases belong here", "move it elsewhere")
            )
        elif not semver.Version.is_valid(entry.name):
            hint = "name the folder after the version, such as 2.4.0"
            findings.append(_finding("unknown-file", path, f"'{path.path}' is no version", hint))
        else:
            yield entry.name


def _record(
    root: Path, path: str, type_: RecordType[Any], name: str, version: str, findings: list[Finding]
) -> Record[Any] | None:
    """A record from its file; None where the file cannot be read at all. Errors become findings."""
    try:
        source = read_source(root, path)
    except Unreadable as error:
        findings.append(_finding(error.rule, error.location, error.message, error.hint, version))
        empty = Source(path, "", None, "")
        return Record(type=type_, source=empty, value=None, name=name)
    reading = read(type_, source, name)
    for location, fault in reading.errors:
        findings.append(_finding(fault.rule, location, fault.message, fault.hint, version))
    return reading.record


def _finding(rule: str, location: Location, message: str, hint: str, version: str = "") -> Finding:
    return Finding(rule, Severity.ERROR, location, message, hint, version)


@dataclass
class _Folder:
    """Reads one release's folder. Files get their record type from where they lie."""

    root: Path
    process: Process
    types: dict[str, RecordType[Any]]
    findings: list[Finding]
    version: str = ""
    places: dict[str, RecordType[Any]] = field(default_factory=dict)

    def release(self, version: str) -> Release:
        """The release in the folder of a version."""
        self.version, self.places = version, dict(self._places())
        found: list[Record[Any]] = []
        signoffs: list[SignedRecord] = []
        evidence: dict[str, EvidenceFile] = {}
        for path in self._files("", 0):
            first, _, _ = path.partition("/")
            if first == "evidence":
                evidence[path] = self._evidence(path)
            elif first == "signoffs":
                signoffs.extend(self._signoff(path))
            else:
                found.extend(self._record(path))
        folder = f"{RELEASES}/{version}"
        return Release(
            version=version, folder=folder, records=tuple(found), signoffs=tuple(signoffs), evidence=evidence
        )

    def _places(self) -> Iterator[tuple[str, RecordType[Any]]]:
        """Where each record type belongs, as path patterns below the release's folder."""
        for type_ in self.types.values():
            if type_.home == "release":
                yield type_.file, type_
        for phase in self.process.phases:
            for name in phase.record_types:
                yield f"{phase.folder}/{self.types[name].file}", self.types[name]
            for item in phase.documents:
                yield f"{phase.folder}/{item.document}.md", self.types["document"]

    def _files(self, below: str, depth: int) -> Iterator[str]:
        """Paths of the regular files below the release's folder; links and devices are never opened."""
        folder = self.root / RELEASES / self.version / below
        for entry in sorted(os.scandir(folder), key=lambda one: one.name):
            path = f"{below}/{entry.name}" if below else entry.name
            if not _PORTABLE.match(entry.name) or depth > _DEPTH:
                hint = "use letters, digits and . _ + - in names, at most 100 characters"
                self._report("unsafe-name", path, "the name is not portable", hint)
            elif entry.is_dir(follow_symlinks=False):
                yield from self._files(path, depth + 1)
            elif entry.is_file(follow_symlinks=False):
                yield path
            else:
                self._report("irregular-file", path, "is a link or a device", "commit a regular file")

    def _record(self, path: str) -> Iterator[Record[Any]]:
        folder, _, name = path.rpartition("/")
        stem, _, ending = name.rpartition(".")
        pattern = f"{folder}/*.{ending}" if folder else f"*.{ending}"
        type_ = self.places.get(path) or self.places.get(pattern)
        if type_ is None:
            hint = meant(path, [place for place in self.places if "*" not in place])
            self._report(
                "unknown-file",
                path,
                "no record belongs here",
                hint or "see the records' pages for their places",
            )
            return
        full = f"{RELEASES}/{self.version}/{path}"
        record = _record(self.root, full, type_, stem if type_.several else "", self.version, self.findings)
        if record:
            yield record

    def _signoff(self, path: str) -> Iterator[SignedRecord]:
        parts = path.split("/")
        if len(parts) != 3 or not path.endswith(".yaml"):
            self._report(
                "unknown-file", path, "no record belongs here", "sign-offs: signoffs/RECORD/PERSON.yaml"
            )
            return
        subject, name = parts[1], parts[2].removesuffix(".yaml")
        known = [name for phase in self.process.phases for name in phase.record_types]
        known += [item.document for phase in self.process.phases for item in phase.documents]
        if subject not in known:
            self._report("unknown-file", path, f"'{subject}' is no record type", nearest(subject, known))
            return
        full = f"{RELEASES}/{self.version}/{path}"
        record = _record(self.root, full, self.types["signoff"], name, self.version, self.findings)
        if record:
            yield SignedRecord(subject, record)

    def _evidence(self, path: str) -> EvidenceFile:
        full = self.root / RELEASES / self.version / path
        descriptor = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            return EvidenceFile(
                path, hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(descriptor).st_size
            )

    def _report(self, rule: str, path: str, message: str, hint: str) -> None:
        location = Location(f"{RELEASES}/{self.version}/{printable(path)}")
        self.findings.append(_finding(rule, location, message, hint, self.version))
