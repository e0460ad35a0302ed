"""Findings for programs: one JSON object, schema 1, to which keys may be added and never taken away."""

import json

from release_portal.finding import Severity
from release_portal.output._format import Format, Report
from release_portal.wording import uncommanded


def render(report: Report) -> str:
    """The object `{"schema": 1, "findings": […], "summary": {…}}`."""
    findings = [
        {
            "rule": finding.rule,
            "severity": finding.severity.value,
            "path": finding.location.path,
            "line": finding.location.line,
            "column": finding.location.column,
            "message": finding.message,
            "hint": finding.hint,
            "release": finding.release,
        }
        for finding in report.findings
    ]
    summary = {
        "releases": report.releases,
        "records": report.records,
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
    }
    return uncommanded(json.dumps({"schema": 1, "findings": findings, "summary": summary}, indent=2)) + "\n"


FORMAT = Format("json", render)
