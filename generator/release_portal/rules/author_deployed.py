"""An author of the release's changes deployed it, or approved the deployment.

## Why it matters
Code, approval and deployment lie in different hands, so that nobody alone can bring what they wrote to
production. Authors are those whom the change log or a review names.

In staging it is a warning: nothing reached customers that way, but the run on which production rests was prepared by
the person whose work it was to show.

## How to fix
Correct the record if it names the wrong person, as the pipeline's log shows. If it is right, the finding stays, as
what happened stays: take the cause to the retrospective, and close the gap in the pipeline's permissions.

## Controls
- SOC 2 CC8.1: development, approval and deployment are separate duties.
- PCI DSS 6.5.4: roles are separated between production and pre-production.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.rules._people import tickets_of
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import runs

_DEEDS = {"deployed_by": "deployed the release", "approved_by": "approved the deployment"}
_HINT = {
    "production": "nobody deploys, or approves the deployment of, what they wrote",
    "staging": "let a deployer who wrote none of it repeat the run, approved by somebody else who wrote none of it",
}


def check(portal: Portal) -> Problems:
    """Look for deployers and approvers among the authors, in staging as well."""
    for release in portal.releases:
        for run in runs(release):
            one = run.deployment
            is_staging = one.environment == "staging"
            for key, deed in _DEEDS.items():
                person = getattr(one, key)
                tickets = tickets_of(portal.roster, release, person)
                if tickets:
                    where = f"staging, {one.region}" if is_staging else one.region
                    message = (
                        f"{portal.roster.name(person)} wrote part of {listed(tickets)} and {deed} to {where}"
                    )
                    severity = Severity.WARNING if is_staging else Severity.ERROR
                    yield Problem(run.at(key), message, _HINT[one.environment], release.version, severity)


RULE = Rule(__name__, check, guards=("deployments",))
