"""A change of the change log has no approved review.

## Why it matters
Every change is looked at by somebody who did not write it, before it is released. The change log is the
population from which an auditor draws a sample; each change drawn must lead to its review.

## How to fix
Have the change reviewed, and add the review to `code-review.yaml` under the change's ticket. A review that
asked for changes is followed by one that approved them.

## Controls
- SOC 2 CC8.1: changes are reviewed and approved before they are implemented.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised.
"""

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.records.code_review import CodeReview
from release_portal.rules._rule import Problem, Problems, Rule, by_home


def check(portal: Portal) -> Problems:
    """Look for an approved review of every change, once there is a record of reviews."""
    for release, record in portal.all(Changes):
        reviews, severity = release.one(CodeReview), by_home(portal, release, "code-review")
        if reviews is None or reviews.value is None or severity is None:
            continue
        reviewed = {review.ticket for review in reviews.value.reviews}
        approved = {review.ticket for review in reviews.value.reviews if review.outcome == "approved"}
        for index, change in enumerate(record.value.changes if record.value else ()):
            if change.ticket in approved:
                continue
            at = record.source.locate("changes", index, "ticket")
            state = "asks for changes" if change.ticket in reviewed else "is missing"
            message = f"change {change.ticket} is not approved: its review {state}"
            hint = f"add the review that approves it to {reviews.path}"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("code-review",))
