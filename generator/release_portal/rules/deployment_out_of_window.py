"""A deployment to production began or ended outside the window of its plan.

## Why it matters
The window was chosen, announced and approved: people are on call, other changes are kept away. Outside it none of
that holds. It may have had good reasons, so this is a warning; they belong in the deployment's `note`.

## How to fix
Correct the times if they are wrong. Otherwise say in the `note` why, and who agreed.

## Controls
- SOC 2 CC8.1: changes are implemented as approved.
- ISO 27001 A.8.32: changes are communicated and carried out as planned.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.deployment_plan import DeploymentPlan
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Compare every deployment to production with the planned window."""
    for release, plan in portal.all(DeploymentPlan):
        if plan.value is None:
            continue
        window = plan.value.window
        for run in production_runs(release):
            start, end = run.deployment.started_at, run.deployment.finished_at
            if window.from_ <= start and end <= window.until:
                continue
            key, what = ("started_at", "began") if start < window.from_ else ("finished_at", "ended")
            if start > window.until:
                key, what = "started_at", "began"
            message = f"the deployment to {run.deployment.region} {what} outside the planned window"
            hint = f"the window: {moment(window.from_)} to {moment(window.until)}"
            yield Problem(run.at(key), message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("deployment-plan", "deployments"))
