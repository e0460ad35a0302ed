"""A change was reviewed by somebody who wrote part of it.

## Why it matters
A review is a second pair of eyes. An author among the reviewers, also as one of several, lets the same person
write and approve. Authors are those whom the change log or the review names; people are compared as the
roster knows them, so that a second entry with the same address is the same person.

## How to fix
Have the change reviewed by people who wrote none of it, and record their approval. If the reviewer did not
write any of the change, correct `authors`.

## Controls
- SOC 2 CC8.1: the reviewer of a change is not its author.
- ISO 27001 A.8.32: who asks for a change does not authorise it.
- PCI DSS 6.5.4: roles and functions are separated.
"""

from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.rules._people import alias, among, authors_of_changes
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the reviewers of every change with its authors."""
    for release, record in portal.all(CodeReview):
        authors = authors_of_changes(release)
        for index, review in enumerate(record.value.reviews if record.value else ()):
            for number, reviewer in enumerate(review.reviewers):
                at = record.source.locate("reviews", index, "reviewers", number)
                severity = by_stage(portal, release, at)
                if among(portal.roster, reviewer, authors[review.ticket]) and severity:
                    message = f"{portal.roster.name(reviewer)} wrote part of {review.ticket} and reviewed it"
                    hint = "have it reviewed by people who wrote none of it"
                    hint += alias(portal.roster, reviewer, authors[review.ticket])
                    yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("code-review",))
