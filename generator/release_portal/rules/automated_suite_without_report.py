"""An automated suite has no JUnit report as evidence.

## Why it matters
Where a machine ran the tests, a machine wrote the result. Without a copy of it the counts are a claim, and a
link to the CI run is gone when the run expires.

## How to fix
Have the runner write JUnit XML, copy the file to `evidence/` and list it under the suite. A suite that people
worked through has `method: manual`.

## Controls
- SOC 2 CC8.1: changes are tested, and the results are kept.
- PCI DSS 6.5.1: testing is documented for each change.
"""

from release_portal.evidence._evidence import Counts
from release_portal.portal import Portal
from release_portal.records.test_summary import TestSummary
from release_portal.rules._reports import lacks_report
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look for the report of every automated suite."""
    for release, record in portal.all(TestSummary):
        for index, suite in enumerate(record.value.suites if record.value else ()):
            at = record.source.locate("suites", index, "name")
            severity = by_stage(portal, release, at)
            if suite.method == "automated" and lacks_report(release, suite.evidence, Counts) and severity:
                message = f"automated suite '{suite.name}' has no JUnit report"
                hint = f"copy the run's JUnit XML to {release.folder}/evidence/ and list it under the suite"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("test-summary",))
