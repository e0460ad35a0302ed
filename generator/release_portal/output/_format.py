"""The shape of a format, and what a format is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from release_portal.finding import Finding, Location, Severity
from release_portal.source import MAX_BYTES, Unreadable, read_bytes


@dataclass(frozen=True)
class Report:
    """Findings to tell, with the size of what was looked at.

    `texts` are the files as they were read, by path; what is not among them is read below `root`.
    """

    root: Path
    findings: tuple[Finding, ...]
    releases: int
    records: int
    colour: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def line(self, location: Location) -> str:
        """The line that a finding points at; empty where the file has none that can be shown."""
        text = self.texts.get(location.path)
        if text is None:
            try:
                text = read_bytes(self.root, location.path, MAX_BYTES).decode("utf-8", "replace")
            except Unreadable:
                return ""
        lines = text.splitlines()
        return lines[location.line - 1] if location.line <= len(lines) else ""


@dataclass(frozen=True)
class Format:
    """One format: its name on the command line, and how it writes a report, with its last newline."""

    name: str
    render: Callable[[Report], str]
