"""A suite states other counts than its JUnit reports hold.

## Why it matters
A summary is text that somebody typed. The report was written by the tool that ran the tests, and is counted
case by case, not by the totals at its head. Where the two differ, the summary is not what was tested.

## How to fix
If the report is the right one, put its counts into the record. If the suite ran in several jobs, list the
report of each: their cases add up. Cases with an error count as failed.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
- PCI DSS 6.5.1: testing is documented for each change.
- ISO 27001 A.8.32: changes are tested before they are accepted.
"""

from release_portal.portal import Portal
from release_portal.records.test_summary import TestSummary
from release_portal.rules._reports import counts_in
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the counts of every suite with those of its reports."""
    for release, record in portal.all(TestSummary):
        for index, suite in enumerate(record.value.suites if record.value else ()):
            counted = counts_in(release, suite.evidence)
            if counted is None:
                continue
            fields = ("total", "passed", "failed", "skipped")
            wrong = [key for key in fields if getattr(suite, key) != getattr(counted, key)]
            if not wrong:
                continue
            at = record.source.locate("suites", index, wrong[0])
            severity = by_stage(portal, release, at)
            if severity:
                stated = ", ".join(f"{getattr(suite, key)} {key}" for key in wrong)
                found = ", ".join(f"{getattr(counted, key)} {key}" for key in wrong)
                message = f"suite '{suite.name}' states {stated}; its JUnit evidence holds {found}"
                hint = f"all counts of the evidence: {counted.total} total, {counted.passed} passed, {counted.failed} failed, {counted.skipped} skipped"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("test-summary",))
