"""A suite's counts do not add up: passed, failed and skipped are not the total.

## Why it matters
A case that is neither passed nor failed nor skipped has no result. Nobody can tell whether it was run, and a
failure may hide in the difference.

## How to fix
Count again. A suite with a JUnit report is held against the report instead, by
`test-count-mismatch`.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
- PCI DSS 6.5.1: testing is documented for each change.
"""

from release_portal.portal import Portal
from release_portal.records.test_summary import TestSummary
from release_portal.rules._reports import counts_in
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Add up the counts of every suite that no report speaks for."""
    for release, record in portal.all(TestSummary):
        for index, suite in enumerate(record.value.suites if record.value else ()):
            added = suite.passed + suite.failed + suite.skipped
            if added == suite.total or counts_in(release, suite.evidence):
                continue
            at = record.source.locate("suites", index, "total")
            severity = by_stage(portal, release, at)
            if severity:
                message = f"suite '{suite.name}' has {suite.total} cases, but results for {added}"
                hint = "passed, failed and skipped add up to the total"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("test-summary",))
