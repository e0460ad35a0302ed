"""A review is of a change that the change log does not name.

## Why it matters
What was reviewed was written, and may be in the release. A change that the log leaves out was not assessed,
not announced and not in the population from which an auditor draws.

## How to fix
Add the change to `changes.yaml`, and have the record signed again. If the change goes into another release,
its review belongs to that one.

## Controls
- SOC 2 CC8.1: all changes are authorised and documented.
- ISO 27001 A.8.32: changes are recorded and their impact is assessed.
- PCAOB AS 1105: a listing that serves as a population is complete.
"""

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.records.code_review import CodeReview
from release_portal.rules._rule import Problem, Problems, Rule, by_stage
from release_portal.wording import meant


def check(portal: Portal) -> Problems:
    """Look up the ticket of every review in the release's change log."""
    for release, record in portal.all(CodeReview):
        changes = release.one(Changes)
        if changes is None or changes.value is None:
            continue
        tickets = [change.ticket for change in changes.value.changes]
        for index, review in enumerate(record.value.reviews if record.value else ()):
            at = record.source.locate("reviews", index, "ticket")
            severity = by_stage(portal, release, at)
            if review.ticket not in tickets and severity:
                message = f"{review.ticket} was reviewed, but is not in the change log"
                hint = meant(review.ticket, tickets) or f"add it to {changes.path}"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("changes", "code-review"))
