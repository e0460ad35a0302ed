"""The line coverage of the tests is no share: it is above 100 % or below 0.

## Why it matters
Coverage says how much of the code the tests ran through. More than all of it cannot be run, so the figure was not
taken from a report, or it counts something else.

## How to fix
Put the line coverage that the report of the test run gives under `coverage`, in percent: `coverage: 87.4`. Leave the
key out where nobody measured it.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
- PCI DSS 6.5.1: testing is documented for each change.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.test_summary import TestSummary
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look at the coverage of every test summary."""
    for release, record in portal.all(TestSummary):
        coverage = record.value.coverage if record.value else None
        if coverage is not None and not 0 <= coverage <= 100:
            at = record.source.locate("coverage")
            hint = "a share is 0 to 100 %; take it from the report of the test run"
            yield Problem(at, f"line coverage cannot be {coverage} %", hint, release.version)


RULE = Rule(__name__, check, guards=("test-summary",), since=date(2026, 11, 24))
