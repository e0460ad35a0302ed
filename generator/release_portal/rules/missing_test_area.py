"""No suite with a result covers features, security, privacy or audit logging.

## Why it matters
The process has all four tested for every release. An area that nobody tested looks the same as one without
faults, unless its absence is told.

## How to fix
Run a suite of that area, by machine or by hand, and add it to the test summary. A suite whose cases were all
skipped does not count.

## Controls
- SOC 2 CC8.1: changes are tested before they are approved.
- PCI DSS 6.5.1: testing shows that a change does not weaken security; for custom code, against 6.2.4.
- 21 CFR 11.10(e): there is a time-stamped audit trail; audit logging is tested for each release.
"""

from release_portal.portal import Portal
from release_portal.records.test_summary import TestSummary
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

AREAS = ("features", "security", "privacy", "audit-logging")


def check(portal: Portal) -> Problems:
    """Look for a suite of each area in which at least one case ran."""
    for release, record in portal.all(TestSummary):
        suites = record.value.suites if record.value else ()
        tested = {suite.area for suite in suites if suite.passed or suite.failed}
        missing = [area for area in AREAS if area not in tested]
        at = record.source.locate_key("suites")
        severity = by_stage(portal, release, at)
        if missing and severity:
            message = f"nothing was tested of {listed(missing)}"
            yield Problem(at, message, "add a suite of each area, with its report", release.version, severity)


RULE = Rule(__name__, check, guards=("test-summary",))
