"""Tests failed, and no accepted exception says that the release may go on with them.

## Why it matters
A failed test is a known fault, or a test that says nothing any more. Either may be accepted, by name, with a
reason and an end; it may not be passed over.

## How to fix
Correct the fault and run the suite again. If the release goes on with it, write an exception of this release
into `exceptions.yaml` with the suite's name under `covers`, and have it approved.

## Controls
- SOC 2 CC8.1: changes are tested before they are approved.
- PCI DSS 6.5.1: testing shows that a change does not weaken security.
- ISO 27001 A.8.32: changes are tested before they are accepted.
"""

from release_portal.portal import Portal
from release_portal.records.test_summary import TestSummary
from release_portal.rules._exceptions import covered, owned_by
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Report every suite with failures that no exception of the release covers."""
    for release, record in portal.all(TestSummary):
        for index, suite in enumerate(record.value.suites if record.value else ()):
            excused = covered(owned_by(release), suite.ran_at.date())
            at = record.source.locate("suites", index, "failed")
            severity = by_stage(portal, release, at)
            if suite.failed and suite.name not in excused and severity:
                message = f"{suite.failed} of {suite.total} tests of suite '{suite.name}' failed"
                hint = f"correct them, or accept an exception of this release that covers '{suite.name}'"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("test-summary",))
