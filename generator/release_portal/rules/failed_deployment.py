"""A deployment to production failed, and nothing says what runs in that region since.

## Why it matters
A run that failed may have left the old version, the new one, or half of each. Customers of the region use whatever it
is. If another region succeeded, the release looks deployed, and nobody looks again.

A failed run is settled by a later one in its region: one that succeeded, with this version or with an older one as the
way back, or one that was rolled back.

## How to fix
Look at what runs in the region. Deploy again, or roll back, and add that run to `deployments.yaml`; if it was done, add
the run that is missing. If this run itself was undone by the pipeline, its outcome is `rolled-back`.

## Controls
- SOC 2 CC8.1: the implementation of changes is documented.
- PCI DSS 6.5.1: procedures to return to a secure state are followed.
- ISO 27001 A.8.32: there is a fallback, and it is recorded.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_home
from release_portal.rules._runs import Run, last_end, production_runs


def check(portal: Portal) -> Problems:
    """Look for what settled every failed deployment to production.

    Where none succeeded at all, `undeployed-release` tells it.
    """
    for release in portal.releases:
        severity, ran = by_home(portal, release, "deployments"), production_runs(release)
        for run in ran if severity and last_end(release) else ():
            if run.deployment.outcome == "failed" and not any(_settles(one, run) for one in ran):
                one = run.deployment
                message = f"the deployment of {one.version} to {one.region} at {moment(one.started_at)} failed, and no later run settled it"
                hint = f"deploy to {one.region} again or roll it back, and record that run"
                yield Problem(run.at("outcome"), message, hint, release.version, severity)


def _settles(later: Run, failed: Run) -> bool:
    """Whether a run says what runs in the region of an earlier one that failed."""
    one, other = later.deployment, failed.deployment
    same = one.region == other.region and one.started_at > other.started_at
    return same and one.outcome in {"succeeded", "rolled-back"}


RULE = Rule(__name__, check, guards=("deployments",), since=date(2026, 11, 24))
