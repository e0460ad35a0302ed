"""The shape of a format, and what a format is given."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from release_portal.finding import Finding, Location, Severity
from release_portal.source import MAX_BYTES, Unreadable, read_bytes


@dataclass(frozen=True)
class Report:
    """Findings to tell, with the size of what was looked at. `root` is where their paths start."""

    root: Path
    findings: tuple[Finding, ...]
    releases: int
    records: int
    colour: bool = False

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def line(self, location: Location) -> str:
        """The line that a finding points at; empty where the file has none that can be shown."""
        try:
            content = read_bytes(self.root, location.path, MAX_BYTES)
        except Unreadable:
            return ""
        lines = content.decode("utf-8", "replace").splitlines()
        return lines[location.line - 1] if location.line <= len(lines) else ""


@dataclass(frozen=True)
class Format:
    """One format: its name on the command line, and how it writes a report, with its last newline."""

    name: str
    render: Callable[[Report], str]
