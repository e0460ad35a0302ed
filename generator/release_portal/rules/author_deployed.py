"""An author of the release's changes deployed it to production, or approved the deployment.

## Why it matters
Code, approval and deployment lie in different hands, so that nobody alone can bring what they wrote to
production. Authors are those whom the change log or a review names.

## How to fix
Correct the record if it names the wrong person, as the pipeline's log shows. If it is right, the finding stays, as
what happened stays: take the cause to the retrospective, and close the gap in the pipeline's permissions.

## Controls
- SOC 2 CC8.1: development, approval and deployment are separate duties.
- PCI DSS 6.5.4: roles are separated between production and pre-production.
"""

from release_portal.portal import Portal
from release_portal.rules._people import tickets_of
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs

_DEEDS = {"deployed_by": "deployed the release", "approved_by": "approved the deployment"}


def check(portal: Portal) -> Problems:
    """Look for deployers and approvers among the authors."""
    for release in portal.releases:
        for run in production_runs(release):
            for key, deed in _DEEDS.items():
                person = getattr(run.deployment, key)
                tickets = tickets_of(portal.roster, release, person)
                if tickets:
                    name, region = portal.roster.name(person), run.deployment.region
                    message = f"{name} wrote part of {listed(tickets)} and {deed} to {region}"
                    hint = "nobody deploys, or approves the deployment of, what they wrote"
                    yield Problem(run.at(key), message, hint, release.version)


RULE = Rule(__name__, check, guards=("deployments",))
