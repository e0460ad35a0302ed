"""A record of a phase before deployment was committed after the deployment.

## Why it matters
What was written afterwards did not exist when the gate was passed, whatever date it bears.

## How to fix
Nothing mends it: it is on record as retroactive. A hotfix that went ahead of its records says so under
`emergency`, and has a retroactive approval; then this is a notice.

## Controls
SOC 2 CC8.1 (approval before implementation), PCI DSS 6.5.1.
"""

from datetime import UTC

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._timing import retroactive


def check(portal: Portal) -> Problems:
    """Compare the first commit of each record with the first production deployment."""
    for release in portal.releases:
        emergency = release.facts.emergency if release.facts else None
        for record, commit in retroactive(portal, release):
            at = commit.committer.at
            told = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else "at no valid time"
            message = f"first committed {told} in {commit.id[:12]}, after the deployment"
            severity = Severity.NOTICE if emergency else Severity.WARNING
            yield Problem(
                record.source.locate(), message, "on record as retroactive", release.version, severity
            )


RULE = Rule(__name__, check, Severity.WARNING)
