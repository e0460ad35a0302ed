"""A deployment was started and approved by the same person.

## Why it matters
Who may start a deployment must not be who lets it pass. Otherwise one person, or one stolen account, brings
anything to production.

## How to fix
Correct the record if it names the wrong person, as the pipeline's log shows. If it is right, the finding stays, as
what happened stays: take the cause to the retrospective, and close the gap in the pipeline's permissions.

## Controls
- SOC 2 CC8.1: changes are approved by somebody else than the person who implements them.
- PCI DSS 6.5.4: roles and functions are separated.
- ISO 27001 A.8.32: changes are authorised.
"""

from release_portal.portal import Portal
from release_portal.rules._people import is_same
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import runs


def check(portal: Portal) -> Problems:
    """Compare deployer and approver of every deployment, to staging as well."""
    for release in portal.releases:
        for run in runs(release):
            deployer, approver = run.deployment.deployed_by, run.deployment.approved_by
            if is_same(portal.roster, deployer, approver):
                where = f"{run.deployment.environment}, {run.deployment.region}"
                message = f"{portal.roster.name(deployer)} started and approved the deployment to {where}"
                hint = "somebody else approves what a deployer starts"
                yield Problem(run.at("approved_by"), message, hint, release.version)


RULE = Rule(__name__, check, guards=("deployments",))
