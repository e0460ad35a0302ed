"""A scan states other totals than its SARIF report holds.

## Why it matters
What is still open decides whether the release may go on. The report is the scanner's own word, and its open
results can be counted again by anyone; a summary that says less hides something.

## How to fix
If the report is the right one, put its totals into the record. Open is each result that failed, is not
suppressed and is not gone since the baseline. A rule's `security-severity` ranks it: critical from 9, high
from 7, medium from 4. Without one the level does: error is high, warning is medium, note is low.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
- PCI DSS 6.5.1: testing shows that a change does not weaken security; for custom code, against 6.2.4.
"""

from release_portal.evidence._evidence import totals
from release_portal.portal import Portal
from release_portal.records.scans import Scans
from release_portal.rules._reports import results_in
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the totals of every scan with those of its reports."""
    for release, record in portal.all(Scans):
        for index, scan in enumerate(record.value.scans if record.value else ()):
            results = results_in(release, scan.evidence)
            if results is None:
                continue
            counted = totals(results)
            ranks = ("critical", "high", "medium", "low")
            wrong = [rank for rank in ranks if getattr(scan.totals, rank) != getattr(counted, rank)]
            if not wrong:
                continue
            at = record.source.locate("scans", index, "totals", wrong[0])
            severity = by_stage(portal, release, at)
            if severity:
                stated = ", ".join(f"{getattr(scan.totals, rank)} {rank}" for rank in wrong)
                found = ", ".join(f"{getattr(counted, rank)} {rank}" for rank in wrong)
                message = f"the {scan.tool} scan states {stated}; its SARIF evidence holds {found}"
                hint = "all totals of the evidence: " + ", ".join(
                    f"{rank} {getattr(counted, rank)}" for rank in ranks
                )
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("scans",))
