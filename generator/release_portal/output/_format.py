"""The shape of a format, and what a format is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from release_portal.assess import all_rules
from release_portal.finding import Finding, Location, Severity
from release_portal.portal import Portal
from release_portal.rules._rule import Rule
from release_portal.source import MAX_BYTES, Unreadable, read_bytes


@dataclass(frozen=True)
class Report:
    """Findings to tell, with what was looked at: releases, newest first, and the rules that judged them.

    `texts` are the files as they were read, by path; what is not among them is read below `root`.
    `portal` is what was judged; None where only the findings are known.
    """

    root: Path
    findings: tuple[Finding, ...]
    versions: tuple[str, ...]
    records: int
    colour: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = field(default_factory=all_rules)
    portal: Portal | None = None

    @property
    def releases(self) -> int:
        """How many releases were looked at."""
        return len(self.versions)

    @property
    def summary(self) -> str:
        """How many findings there are in how much, as one sentence."""
        looked = f"{_some(self.releases, 'release')}, {_some(self.records, 'record')}"
        if not self.findings:
            return f"No findings in {looked}."
        notices = self.count(Severity.NOTICE)
        parts = [_some(self.count(Severity.ERROR), "error"), _some(self.count(Severity.WARNING), "warning")]
        return f"{', '.join([*parts, *([_some(notices, 'notice')] if notices else [])])} in {looked}."

    def count(self, severity: Severity) -> int:
        """How many findings there are of a severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def line(self, location: Location) -> str:
        """The line that a finding points at; empty where the file has none that can be shown."""
        lines = self._lines.get(location.path)
        if lines is None:
            lines = self._lines[location.path] = self._text(location.path).splitlines()
        return lines[location.line - 1] if location.line <= len(lines) else ""

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        """Lines of the files that were asked for: a file with many findings is split once."""
        return {}

    def _text(self, path: str) -> str:
        text = self.texts.get(path)
        if text is None:
            try:
                return read_bytes(self.root, path, MAX_BYTES).decode("utf-8", "replace")
            except (Unreadable, ValueError):  # a path that no file system takes is a ValueError
                return ""
        return text


def _some(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@dataclass(frozen=True)
class Format:
    """One format: its name on the command line, and how it writes a report, with its last newline."""

    name: str
    render: Callable[[Report], str]
