"""The release went on although the board rejected or deferred it, or decided no-go.

## Why it matters
A gate that can be passed against the decision is no gate. What counts is the decision on record when the release
moved on: to the next phase, or to production.

## How to fix
Set `phase` back and bring the release before the board again; the new decision replaces the old one in the minutes.
If it was deployed already, take it back or have the board decide on it at once, and take the cause to the
retrospective.

## Controls
- SOC 2 CC8.1: changes are authorised before they are implemented.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.release import WITHDRAWN
from release_portal.rules._meetings import meetings
from release_portal.rules._rule import Problem, Problems, Rule, by_stage
from release_portal.rules._runs import production_runs

_SAID = {
    "reject": "the board rejected it",
    "defer": "the board deferred it",
    "no-go": "the board decided no-go",
}


def check(portal: Portal) -> Problems:
    """Look for a deployment, or a later phase, after a decision against the release."""
    for release in portal.releases:
        deployed = production_runs(release)
        for record, meeting in meetings(release):
            said, at = _SAID.get(meeting.decision), record.source.locate("decision")
            if said is None:
                continue
            if deployed:
                message = f"{release.version} was deployed to production, but {said}"
                yield Problem(deployed[0].at("started_at"), message, f"the decision: {at}", release.version)
            elif by_stage(portal, release, at) is Severity.ERROR and release.phase != WITHDRAWN:
                message = f"{release.version} is in phase '{release.phase}', but {said}"
                hint = "set `phase` back, and bring the release before the board again"
                yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, guards=("cab-minutes", "go-no-go"))
