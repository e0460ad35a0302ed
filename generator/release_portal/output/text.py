"""Findings for people: place, words, the line itself, and the next step."""

from collections.abc import Iterator

import click

from release_portal.finding import Finding, Severity
from release_portal.output._format import Format, Report
from release_portal.wording import printable

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_WIDTH = 96


def render(report: Report) -> str:
    """One block for each finding, and a summary."""
    blocks = ["\n".join(_block(report, finding)) for finding in report.findings]
    return "\n\n".join([*blocks, report.summary]) + "\n"


def _block(report: Report, finding: Finding) -> Iterator[str]:
    def paint(text: str, **style: object) -> str:
        return click.style(text, **style) if report.colour else text  # type: ignore[arg-type]  # passed on as it is

    severity = paint(finding.severity, fg=_COLOURS[finding.severity], bold=True)
    place = paint(printable(str(finding.location)), bold=True)
    yield f"{place}: {severity}: {printable(finding.message)} {paint(f'[{finding.rule}]', dim=True)}"
    line = report.line(finding.location)
    if line.strip() and finding.location.path.endswith((".yaml", ".md")):
        start = max(0, finding.location.column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
        number = str(finding.location.line)
        gap = " " * (finding.location.column - 1 - start)
        yield paint(f"  {number} | ", dim=True) + printable(line.replace("\t", " ")[start : start + _WIDTH])
        yield paint(f"  {' ' * len(number)} | ", dim=True) + gap + paint("^", fg=_COLOURS[finding.severity])
    if finding.hint:
        yield f"  {paint('hint:', fg='green')} {printable(finding.hint)}"


FORMAT = Format("text", render)
