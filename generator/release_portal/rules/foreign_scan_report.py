"""A scan rests on the report of another tool, or on the same report as another scan.

## Why it matters
The report is what a scan's totals are counted from. One that another scanner wrote says nothing of this scan, and one
that serves two scans lets one of them never have run.

Names are compared by their letters and digits, and one may hold the other: `semgrep` wrote what `Semgrep OSS` did.

## How to fix
Copy the report of this scan to `evidence/` and list it; or correct `tool`. Where one tool made one report for several
kinds of scan, have it write one for each, or record it as one scan.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
- PCI DSS 6.5.1: testing shows that a change does not weaken security.
"""

import re
from datetime import date

from release_portal.portal import Portal
from release_portal.records._evidence import Evidence
from release_portal.records.scans import Scans
from release_portal.release import Release
from release_portal.rules._phrases import listed
from release_portal.rules._reports import scans_in
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

_OTHER = re.compile(r"[\W_]+")


def check(portal: Portal) -> Problems:
    """Compare the tool of every scan with the one that its report names, and its reports with other scans'."""
    for release, record in portal.all(Scans):
        first: dict[str, str] = {}
        for index, scan in enumerate(record.value.scans if record.value else ()):
            for number, one in enumerate(scan.evidence):
                at = record.source.locate("scans", index, "evidence", number)
                severity, why = by_stage(portal, release, at), _fault(release, one, scan.tool, first)
                if severity and why:
                    hint = "list the report that this scan wrote, or correct `tool`"
                    yield Problem(
                        at,
                        f"the {scan.tool} scan rests on {one.path}, {why}",
                        hint,
                        release.version,
                        severity,
                    )


def _fault(release: Release, one: Evidence, tool: str, first: dict[str, str]) -> str:
    """What is wrong with a scan's evidence; remembers by digest which scan listed a report first."""
    reports = scans_in(release, (one,))
    if not reports:
        return ""
    file = release.evidence[one.path]
    if file.sha256 in first:
        return f"which is the report of the {first[file.sha256]} scan too"
    first[file.sha256] = tool
    tools = reports[0].tools
    if tools and not any(_is_same(tool, name) for name in tools):
        return f"which {listed(tools)} wrote"
    return ""


def _is_same(one: str, other: str) -> bool:
    plain = [_OTHER.sub("", name).casefold() for name in (one, other)]
    return plain[0] in plain[1] or plain[1] in plain[0]


RULE = Rule(__name__, check, guards=("scans",), since=date(2026, 11, 30))
