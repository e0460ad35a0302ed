"""A sign-off that the process demands before the deployment was given after it.

## Why it matters
Approval that comes after the fact is a formality. What the release rested on is what had been signed when it went to
production. A hotfix with an `emergency` is not concerned; its sign-offs may follow within the days that the process
gives it.

## How to fix
Correct the time if it is wrong. Leave records of the phases before the deployment as they were signed: to change one
means to have it signed again, and then it was not signed before. Put what is learnt later into the retrospective.

## Controls
- SOC 2 CC8.1: changes are approved before they are implemented.
- PCI DSS 6.5.1: each change has a documented approval.
- 21 CFR 11.50: a signature states when it was given.
"""

from release_portal.portal import Portal
from release_portal.release import Release
from release_portal.rules._demands import demanded
from release_portal.rules._emergency import excused
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Compare the first sign-off of each demanded role with the first deployment to production."""
    for release in portal.releases:
        if not excused(release):
            yield from _problems(portal, release)


def _problems(portal: Portal, release: Release) -> Problems:
    deployed, home = production_runs(release), portal.process_of(release).home("deployments")
    if not deployed or home is None:
        return
    start = deployed[0].deployment.started_at
    for phase, subject, role, approving in demanded(portal, release):
        given = [(one.value.at, one) for one in approving if one.value]
        first = min(given, key=lambda pair: pair[0], default=None)
        if phase.phase.number >= home.number or first is None or first[0] <= start:
            continue
        title = portal.process_of(release).roles.get(role, role)
        message = f"the {title} signed {subject} after the deployment to production"
        hint = f"the deployment: {moment(start)}, {deployed[0].at('started_at')}"
        yield Problem(first[1].record.source.locate("at"), message, hint, release.version)


RULE = Rule(__name__, check, guards=("signoff",))
