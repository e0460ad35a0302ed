"""A change was approved by its reviewers after it had gone to production.

## Why it matters
A review that comes after the deployment cannot keep a fault out of production. Only a hotfix in an emergency
may be reviewed afterwards, within the days that the process gives it.

## How to fix
Correct the time if it is wrong. If it is right, the finding stays, as what happened stays: take the cause to the
retrospective.

## Controls
- SOC 2 CC8.1: changes are reviewed and approved before they are implemented.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised before they are deployed.
"""

from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.rules._emergency import excused
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Compare the approval of every change with the first deployment to production."""
    for release, record in portal.all(CodeReview):
        deployed = production_runs(release)
        if not deployed or excused(release):
            continue
        start = deployed[0].deployment.started_at
        for index, review in enumerate(record.value.reviews if record.value else ()):
            if review.approved_at > start:
                at = record.source.locate("reviews", index, "approved_at")
                message = f"{review.ticket} was approved after its deployment to production"
                hint = f"the deployment: {moment(start)}, {deployed[0].at('started_at')}"
                yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, guards=("code-review",))
