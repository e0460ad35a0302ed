"""Findings as annotations of a GitHub pull request.

Workflow commands, as GitHub documents them: percent signs and line ends are escaped in the message, and
colons and commas in the properties too, so that no record can write a command of its own.
"""

from release_portal.finding import Finding, Severity
from release_portal.output._format import Format, Report
from release_portal.wording import printable

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "notice"}


def render(report: Report) -> str:
    """One line for each finding."""
    return "".join(f"{_line(finding)}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    place = finding.location
    properties = {"file": place.path, "line": place.line, "col": place.column, "title": finding.rule}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    words = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    return f"::{_LEVELS[finding.severity]} {listed}::{_data(words)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format("github", render)
