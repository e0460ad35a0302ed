"""A critical or high scan result is open, and no accepted exception covers it.

## Why it matters
Results of these ranks are what attackers use. A release may go on with one only where somebody answerable has
accepted the risk, for this weakness and until a day.

## How to fix
Correct it and scan again. If it has to stay, have an exception accepted whose `covers` lists the result's id,
and name the exception under the scan's `exceptions`. An exception that was over on the day of the scan covers
nothing. Where the evidence is no SARIF report, the ids are not known, and any accepted exception that the scan
names will do.

## Controls
- SOC 2 CC8.1: changes are tested before they are approved.
- PCI DSS 6.5.1: testing shows that a change does not weaken security; for custom code, against 6.2.4.
"""

from collections.abc import Iterator, Mapping, Sequence

from release_portal.portal import Portal
from release_portal.records.exceptions import AcceptedException
from release_portal.records.scans import Scan, Scans
from release_portal.release import Release
from release_portal.rules._exceptions import by_id, covered
from release_portal.rules._phrases import listed
from release_portal.rules._reports import results_in
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

RANKS = ("critical", "high")


def check(portal: Portal) -> Problems:
    """Look for what excuses every open critical and high result."""
    known = by_id(portal)
    for release, record in portal.all(Scans):
        for index, scan in enumerate(record.value.scans if record.value else ()):
            for rank, message, hint in _open(release, scan, known):
                at = record.source.locate("scans", index, "totals", rank)
                severity = by_stage(portal, release, at)
                if severity:
                    yield Problem(at, message, hint, release.version, severity)


def _open(
    release: Release, scan: Scan, known: Mapping[str, Sequence[AcceptedException]]
) -> Iterator[tuple[str, str, str]]:
    """Rank, message and hint of everything open that nothing excuses."""
    day = scan.ran_at.date()
    excused = covered((one for name in scan.exceptions for one in known.get(name, ())), day)
    said = f"; {listed(scan.exceptions)} did not cover it on {day}" if scan.exceptions else ""
    results = results_in(release, scan.evidence)
    if results is None:
        for rank in RANKS:
            count = getattr(scan.totals, rank)
            if count and not excused:
                hint = "correct them, or name an accepted exception under the scan's `exceptions`"
                yield rank, f"{scan.tool}: {count} {rank} open, and no accepted exception covers them", hint
        return
    for result in dict.fromkeys(results):
        if result.rank in RANKS and result.rule not in excused:
            message = f"{scan.tool}: {result.rank} result '{result.rule}' is open, and no accepted exception covers it"
            hint = f"correct it, or name an exception under `exceptions` whose `covers` lists '{result.rule}'{said}"
            yield result.rank, message, hint


RULE = Rule(__name__, check, guards=("scans",))
