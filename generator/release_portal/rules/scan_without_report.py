"""A scan has no SARIF report as evidence, so that its totals are taken on trust.

## Why it matters
Totals without the scanner's own report cannot be counted again. Some tools write no SARIF, so this is a
warning; it is there to be seen, not to be got used to.

## How to fix
Have the scanner write SARIF 2.1.0 (most can), copy the file to `evidence/` and list it under the scan.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
"""

from release_portal.evidence._evidence import OpenResults
from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.scans import Scans
from release_portal.rules._reports import lacks_report
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look for the report of every scan."""
    for release, record in portal.all(Scans):
        for index, scan in enumerate(record.value.scans if record.value else ()):
            at = record.source.locate("scans", index, "tool")
            if lacks_report(release, scan.evidence, OpenResults) and by_stage(portal, release, at):
                message = f"the totals of the {scan.tool} scan rest on no SARIF report"
                hint = (
                    f"copy the scanner's SARIF file to {release.folder}/evidence/ and list it under the scan"
                )
                yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("scans",))
