"""A release went to production before a deployment of it to staging had succeeded.

## Why it matters
Staging is where the deployment itself is tried: its steps, its migrations, its time. A run that is under way there, or
that failed, has shown nothing yet, and production becomes the place of the trial.

A release that records no run to staging is not concerned, nor is a hotfix with an `emergency`. Instants are compared,
whatever zones they are written in.

## How to fix
Correct the times if they are wrong, or add the run to staging that is missing. If the record is right, the finding
stays, as what happened stays: take the cause to the retrospective, and let the pipeline wait for staging.

## Controls
- SOC 2 CC8.1: changes are tested before they are implemented.
- PCI DSS 6.5.1: testing precedes the change in production.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.rules._emergency import emergency
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs, runs


def check(portal: Portal) -> Problems:
    """Compare the first start in production with the ends in staging."""
    for release in portal.releases:
        staged = [one.deployment for one in runs(release) if one.deployment.environment == "staging"]
        deployed = production_runs(release)
        if not (staged and deployed) or emergency(release):
            continue
        first = deployed[0]
        ends = [one.finished_at for one in staged if one.outcome == "succeeded"]
        if min(ends, default=None) is None or first.deployment.started_at < min(ends):
            message = f"{release.version} went to {first.deployment.region} before a deployment to staging had succeeded"
            hint = f"the first that succeeded ended at {moment(min(ends))}" if ends else "none succeeded"
            hint += "; correct the times, or let production wait for staging"
            yield Problem(first.at("started_at"), message, hint, release.version)


RULE = Rule(__name__, check, guards=("deployments",), since=date(2026, 11, 24))
