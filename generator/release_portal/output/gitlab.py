"""Findings as a GitLab Code Quality report: the widget of a merge request, and marks in its diff.

GitLab compares fingerprints between the branches, so that a merge request shows what it brings and what it
mends. An error closes a gate: `critical`. A warning waits to be done: `minor`. A notice is `info`.
"""

import json

from release_portal.finding import Finding, Severity
from release_portal.output._fingerprint import fingerprints
from release_portal.output._format import Format, Report
from release_portal.wording import printable

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def render(report: Report) -> str:
    """A JSON array with an object for each finding."""
    entries = [_entry(*pair) for pair in zip(report.findings, fingerprints(report), strict=True)]
    return json.dumps(entries, indent=2) + "\n"


def _entry(finding: Finding, fingerprint: str) -> dict[str, object]:
    words = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return {
        "description": printable(words),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": printable(finding.location.path), "lines": {"begin": finding.location.line}},
    }


FORMAT = Format("gitlab", render)
