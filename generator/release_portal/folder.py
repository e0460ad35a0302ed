"""One release's folder, read: every file gets its record type from where it lies.

One broken file never hides another: what cannot be read becomes a finding, and reading goes on.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from release_portal import prose
from release_portal.budget import SMALL, over_budget
from release_portal.evidence_files import EvidenceFiles
from release_portal.finding import Finding, Location, Severity
from release_portal.process import Process
from release_portal.records._record import Record, RecordType, read
from release_portal.release import RELEASES, Release, SignedRecord
from release_portal.source import Source, Unreadable
from release_portal.source import read as read_source
from release_portal.wording import meant, nearest, printable

_PORTABLE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._+-]{0,98}[A-Za-z0-9_+-])?\Z")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE)  # devices on Windows
_DEPTH = 10
MOST = 100  # findings in one file


def fault(rule: str, location: Location, message: str, hint: str, version: str = "") -> Finding:
    """What reading found wrong: always an error."""
    return Finding(rule, Severity.ERROR, location, message, hint, version)


@dataclass
class Folder:
    """Reads one release's folder. Files get their record type from where they lie.

    `process` is the one that governs it: which files belong where is for the process to say. Its records
    are judged by the schemas of the day on which it was closed.
    """

    root: Path
    process: Process
    closed_on: date | None
    types: Mapping[str, RecordType[Any]]
    findings: list[Finding]
    version: str = ""
    places: dict[str, RecordType[Any]] = field(default_factory=dict)

    def release(self, version: str) -> Release:
        """The release in the folder of a version."""
        self.version = version
        self.places = dict(self._places())
        found: list[Record[Any]] = []
        signoffs: list[SignedRecord] = []
        evidence: list[str] = []
        for path in self._files("", 0):
            first, _, _ = path.partition("/")
            if first == "evidence":
                evidence.append(path)
            elif first == "signoffs":
                signoffs.extend(self._signoff(path))
            else:
                found.extend(self._record(path))
        files = EvidenceFiles(self.root, version).read(evidence, found)
        folder = f"{RELEASES}/{version}"
        return Release(
            version=version, folder=folder, records=tuple(found), signoffs=tuple(signoffs), evidence=files
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
        folder, names = os.path.join(self.root, RELEASES, self.version, below), set[str]()
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
        if any(entry.name == ".git" for entry in entries):
            what = "is a repository of its own, whose files this one does not have"
            self._report("irregular-file", below, what, "commit the files themselves")
            return
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            twin = entry.name.lower() in names
            names.add(entry.name.lower())
            if not _PORTABLE.match(entry.name) or RESERVED.match(entry.name) or depth > _DEPTH:
                hint = "use letters, digits and . _ + - in names, at most 100 characters, no dot at the end"
                self._report("unsafe-name", path, "the name is not portable", hint)
            elif twin:
                hint = "many file systems keep only one of them: rename it"
                self._report("unsafe-name", path, "another name differs from it in case only", hint)
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
        record = self._read(full, type_, stem if type_.several else "")
        yield record

    def _read(self, path: str, type_: RecordType[Any], name: str) -> Record[Any]:
        """A record from its file; without content where that cannot be read at all."""
        try:
            self._try(path, type_)
            source = read_source(self.root, path)
        except Unreadable as error:
            found = fault(error.rule, error.location, error.message, error.hint, self.version)
            self.findings.append(found)
            return Record(type=type_, source=Source(path, "", None, ""), value=None, name=name)
        reading = read(type_, source, name, self.closed_on)
        for at, one in reading.errors[:MOST]:
            self.findings.append(fault(one.rule, at, one.message, one.hint, self.version))
        if further := reading.errors[MOST:]:
            at, one = further[0]
            message, hint = f"{len(further)} further errors in this file, the first of them here", one.message
            self.findings.append(fault(one.rule, at, message, hint, self.version))
        return reading.record

    def _try(self, path: str, type_: RecordType[Any]) -> None:
        """Refuse a file that costs too much to read, or to show as Markdown.

        Raises:
            Unreadable: it does.

        """
        if os.lstat(os.path.join(self.root, path)).st_size <= SMALL:
            return

        def all_of_it() -> None:
            source = read_source(self.root, path)
            read(type_, source, "", self.closed_on)
            for text in (source.body, *_texts(source.data)):
                prose.html(text)

        if over := over_budget(all_of_it):
            hint = "split the record, or copy bulk data to evidence/"
            raise Unreadable("unsafe-yaml", Location(path), f"cannot be read: it {over}", hint)

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
        numbers = {item.number for item in self.process.deliverables}  # of what is said not to apply
        if subject not in known and subject not in numbers:
            self._report("unknown-file", path, f"'{subject}' is no record type", nearest(subject, known))
            return
        full = f"{RELEASES}/{self.version}/{path}"
        record = self._read(full, self.types["signoff"], name)
        yield SignedRecord(subject, record)

    def _report(self, rule: str, path: str, message: str, hint: str) -> None:
        location = Location(f"{RELEASES}/{self.version}/{printable(path)}".rstrip("/"))
        self.findings.append(fault(rule, location, message, hint, self.version))


def _texts(value: object) -> Iterator[str]:
    """Every text among the values of a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)
