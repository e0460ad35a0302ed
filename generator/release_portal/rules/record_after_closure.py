"""A record was first committed after its release was closed.

## Why it matters
A release that is closed says that everything it owes is there. A record that came later was missing when that was
said, whatever day it bears.

After the closure is whatever no commit that closed the release holds; clocks have no say. What a deliverable demands
is an error, anything else a warning.

## How to fix
Open the release again (`phase: retrospective`), bring in what is missing, and close it again with the day of today.
Next time commit the record before the closure, or with it.

## Controls
SOC 2 CC8.1; ISO 27001 A.5.33 (protection of records).
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._timing import first_committed_after_closure, is_needed


def check(portal: Portal) -> Problems:
    """Look for records of closed releases that no closing commit holds."""
    for release in portal.releases:
        for record, commit in first_committed_after_closure(portal, release):
            if record.type.name == "seal":  # which is set on what was closed
                continue
            message = f"was not there when {release.version} was closed: first committed in {commit.id[:12]}"
            hint = "open the release again, and close it with everything it owes"
            severity = Severity.ERROR if is_needed(portal, release, record) else Severity.WARNING
            yield Problem(record.source.locate(), message, hint, release.version, severity)


RULE = Rule(__name__, check)
