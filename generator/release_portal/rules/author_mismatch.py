"""A commit's author is not among the authors that its change and its review name, or reviewed it.

## Why it matters
Segregation of duties is judged over people. A change whose commits were written by somebody that the
record leaves out may have been reviewed or approved by its own author.

## How to fix
Name the author in changes.yaml and code-review.yaml. If the person commits under an address that the
roster does not have, its owners add it there.

## Controls
SOC 2 CC8.1, PCI DSS 6.5.4, ISO 27001 A.5.3 (segregation of duties).
"""

from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import commits_of, taggings, tickets


def check(portal: Portal) -> Problems:
    """Compare the people behind the commits with the authors and reviewers of their tickets' reviews."""
    for one in taggings(portal):
        record = one.release.one(CodeReview)
        if record is None or record.value is None:
            continue
        for commit in commits_of(one):
            person = portal.roster.by_email(commit.author.email)
            who = person.id if person else ""
            for at, review in enumerate(record.value.reviews):
                if review.ticket not in tickets(commit):
                    continue
                place = record.source.locate("reviews", at, "authors")
                what = f"commit {commit.id[:12]} of {review.ticket} is by {person.name if person else commit.author}"
                if who in review.reviewers:
                    message = f"{what}, who reviewed it"
                    yield Problem(place, message, "have it reviewed by somebody else", one.release.version)
                elif who not in review.authors:
                    hint = (
                        "name every author" if person else "add the address to the roster, or name the author"
                    )
                    yield Problem(place, f"{what}, whom the review does not name", hint, one.release.version)


RULE = Rule(__name__, check, guards=("code-review",), needs_roster=True)
