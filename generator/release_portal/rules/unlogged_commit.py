"""A commit that came with a release belongs to no change of its change log.

## Why it matters
A change that nobody logged was not assessed, reviewed or approved. Auditors look for exactly this:
commits without a ticket, and tickets that the release does not know.

## How to fix
Add the change to changes.yaml (and take it through assessment and review), or name the right ticket: a
commit's ticket is read from its message. A pushed commit's message cannot change; note it on the change.

## Controls
SOC 2 CC8.1, PCI DSS 6.5.1, ISO 27001 A.8.32 (a commit without a change is a non-conformity).
"""

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import commits_of, taggings, tickets


def check(portal: Portal) -> Problems:
    """Compare the tickets of the commits in each tag's range with the change log."""
    for one in taggings(portal):
        record = one.release.one(Changes)
        if one.actual is None or record is None or record.value is None:
            continue
        logged = {change.ticket for change in record.value.changes}
        at = record.source.locate_key("changes")
        for commit in commits_of(one):
            named = tickets(commit)
            if logged.isdisjoint(named):
                what = (
                    f"names {', '.join(named)}, which the change log does not have"
                    if named
                    else "names no ticket"
                )
                message = f"commit {commit.id[:12]} '{commit.subject[:60]}' {what}"
                yield Problem(at, message, "log the change, with assessment and review", one.release.version)


RULE = Rule(__name__, check, guards=("changes",))
