"""A commit that came with a release was not covered by a review: no review of its ticket, or it came later.

## Why it matters
A review approves the commits that the reviewer saw. What was pushed to the same ticket afterwards, and
what went in without any review, nobody has looked at.

## How to fix
Have the commit reviewed by somebody other than its author, and put the review into code-review.yaml
with the last commit seen.

## Controls
SOC 2 CC8.1, PCI DSS 6.2.3 and 6.5.1; SLSA: review of the final revision.
"""

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import Tagging, commits_of, taggings, tickets


def check(portal: Portal) -> Problems:
    """For each commit in a tag's range, look for a review of its ticket that saw it."""
    for one in taggings(portal):
        record = one.release.one(CodeReview)
        if one.actual is None or record is None or record.value is None:
            continue
        reviewed: dict[str, list[tuple[str, Location]]] = {}
        for at, review in enumerate(record.value.reviews):
            if review.outcome == "approved":
                place = record.source.locate("reviews", at, "commit")
                reviewed.setdefault(review.ticket, []).append((review.commit, place))
        yield from _problems(one, reviewed, record.source.locate_key("reviews"))


def _problems(one: Tagging, reviewed: dict[str, list[tuple[str, Location]]], at: Location) -> Problems:
    newest_first: dict[str, list[str]] = {}
    for commit in commits_of(one):
        named = tickets(commit)
        if not any(ticket in reviewed for ticket in named):
            message = f"commit {commit.id[:12]} '{commit.subject[:60]}' has no approved review"
            yield Problem(
                at, message, "have it reviewed by somebody other than its author", one.release.version
            )
        for ticket in named:
            newest_first.setdefault(ticket, []).append(commit.id)
    for ticket, seen in reviewed.items():
        commits = newest_first.get(ticket, [])
        for commit_id, place in seen:
            if commits and commits[0] != commit_id and len(seen) == 1:
                later = commits.index(commit_id) if commit_id in commits else len(commits)
                message = (
                    f"{ticket}: {later} commit{'s' * (later != 1)} came after the reviewed {commit_id[:12]}"
                )
                hint = f"the last commit of {ticket} is {commits[0]}"
                yield Problem(place, message, hint, one.release.version)


RULE = Rule(__name__, check, guards=("code-review",))
