"""Findings as Markdown for a comment on a pull request or for a job summary: a table for each release.

What records say stands in code spans. There GitHub and GitLab make no link, mention, reference, image,
HTML or emoji of it; outside they would, escaped or not, since they look for them after Markdown was read.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from release_portal.finding import Finding, Severity
from release_portal.output._format import Format, Report
from release_portal.wording import printable

_ROWS = 200
_BUDGET = 60_000  # characters: a GitHub comment holds 65,536
_CELL = 300  # characters of a message or a hint
_LEVELS = {
    Severity.ERROR: "❌ error",
    Severity.WARNING: "⚠️ warning",
    Severity.NOTICE: "ℹ️ notice",  # noqa: RUF001  # the sign for information, not a letter mistaken for an i
}
_HEAD = "| | Place | Finding | Next step | Rule |\n|---|---|---|---|---|\n"


def render(report: Report) -> str:
    """The summary, then the worst findings as far as they fit, by release, and how many were left out."""
    ranked = sorted(report.findings, key=lambda finding: list(Severity).index(finding.severity))
    tables: dict[str, list[str]] = defaultdict(list)
    told = 0
    for release, row in _fitting(ranked):
        tables[release].append(row)
        told += 1
    order = dict.fromkeys(["", *report.versions, *tables])
    parts = [f"**{report.summary}**\n", *(_table(one, tables[one]) for one in order if one in tables)]
    left = len(report.findings) - told
    return "\n".join([*parts, *([f"… and {left:,} more.\n"] if left else [])])


def _fitting(findings: Iterable[Finding]) -> Iterator[tuple[str, str]]:
    """Release and row of each finding, as long as rows and characters are left."""
    size, begun = 0, set()
    for number, finding in enumerate(findings):
        row = _row(finding)
        size += len(row) + (0 if finding.release in begun else len(_table(finding.release, [])))
        if number == _ROWS or size > _BUDGET:
            return
        begun.add(finding.release)
        yield finding.release, row


def _table(release: str, rows: list[str]) -> str:
    title = f"Release {_code(release)}" if release else "Portal"
    return f"### {title}\n\n{_HEAD}{''.join(rows)}"


def _row(finding: Finding) -> str:
    words = (_code(str(finding.location)), _code(finding.message), _code(finding.hint), finding.rule)
    return f"| {_LEVELS[finding.severity]} | {' | '.join(words)} |\n"


def _code(text: str) -> str:
    """Text as a code span in a table cell; a bar, which would end the cell even there, is escaped.

    After a backslash of the text's own an escape means different things to different forges: there the bar is written
    as its code point.
    """
    words = printable(text).strip()
    if not words:
        return ""
    words = f"{words[: _CELL - 1]}…" if len(words) > _CELL else words
    words = words.replace("\\|", r"\\u{7c}").replace("|", r"\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", words)), default=0))
    gap = " " if words[0] == "`" or words[-1] == "`" else ""
    return f"{fence}{gap}{words}{gap}{fence}"


FORMAT = Format("markdown", render)
