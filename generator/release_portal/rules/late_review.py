"""A change was approved by its reviewers after the go/no-go decision.

## Why it matters
The board decides on what has been reviewed. An approval that comes later was not there when it decided, or the
change was altered after the decision.

## How to fix
Correct the time if it is wrong. Otherwise the board decides again, with the review before it.

## Controls
- SOC 2 CC8.1: changes are reviewed and approved before they are implemented.
- PCI DSS 6.5.1: each change has a documented approval.
"""

from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.records.go_no_go import GoNoGo
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_stage
from release_portal.rules._runs import first_start


def check(portal: Portal) -> Problems:
    """Compare the approval of every change with the decision, unless that was made afterwards itself.

    What was approved after the deployment is for `review-after-deployment` to tell.
    """
    for release, record in portal.all(CodeReview):
        decision, start = release.one(GoNoGo), first_start(release)
        if decision is None or decision.value is None or decision.value.retroactive:
            continue
        for index, review in enumerate(record.value.reviews if record.value else ()):
            at = record.source.locate("reviews", index, "approved_at")
            severity = by_stage(portal, release, at)
            deployed = start is not None and start < review.approved_at
            if review.approved_at > decision.value.held_at and not deployed and severity:
                message = f"{review.ticket} was approved after the go/no-go decision"
                hint = f"the decision: {moment(decision.value.held_at)}, {decision.source.locate('held_at')}"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("code-review",))
