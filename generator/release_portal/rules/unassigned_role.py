"""A release waits for the sign-off of a role that nobody holds.

## Why it matters
The gate cannot open: whoever signs would sign for a role that they do not hold. Better to know that weeks before the
meeting than in it.

A phase that is over is told by `missing-sign-off`. Somebody whose time in the role begins later is enough.

## How to fix
The owners of `roster/people.yaml` give the role to somebody, in a pull request of its own. If nobody will hold it any
more, the process has to ask for another role.

## Controls
- SOC 2 CC8.1: changes are authorised by whoever is entitled to.
- ISO 27001 A.8.32: changes are authorised before they are deployed.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import Stage
from release_portal.release import CLOSED, WITHDRAWN, Release
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for holders of every role that has yet to sign."""
    for release in portal.releases:
        if release.phase in {CLOSED, WITHDRAWN} or not portal.roster.people:
            continue
        titles = portal.process_of(release).roles
        for role, waiting in _awaited(portal, release).items():
            if not _filled(portal, role):
                message = f"nobody holds the role {titles.get(role, role)} ('{role}'), which signs {', '.join(waiting)}"
                hint = f"the owners of {portal.roster.path} give it to somebody"
                yield Problem(release.location, message, hint, release.version)


def _awaited(portal: Portal, release: Release) -> dict[str, list[str]]:
    """The deliverables, by number, that each role has yet to sign in phases which are not over."""
    found: dict[str, list[str]] = {}
    for phase in portal.progress[release.version].phases:
        for item in phase.deliverables if phase.stage is not Stage.PASSED else ():
            for role in item.deliverable.binding.signed_by:
                if any(gap.role in {"", role} for gap in item.gaps):
                    found.setdefault(role, []).append(item.deliverable.number)
    return found


def _filled(portal: Portal, role: str) -> bool:
    """Whether somebody holds a role, or will."""
    today = portal.clock.today()
    tenures = (tenure for person in portal.roster.people.values() for tenure in person.roles)
    return any(tenure.role == role and (tenure.until is None or tenure.until >= today) for tenure in tenures)


RULE = Rule(__name__, check, Severity.WARNING, guards=("signoff", "people"), needs_roster=True)
