"""A change of the change log is in no commit that came with the release.

## Why it matters
The change was announced, assessed and approved, and is not in what was deployed: or it is there under
another ticket. Either way the change log does not describe the release.

## How to fix
Take the change out of changes.yaml, or correct its ticket.

## Controls
SOC 2 CC8.1, PCI DSS 6.5.1.
"""

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import commits_of, taggings, tickets


def check(portal: Portal) -> Problems:
    """Look for every logged ticket in the commits of the tags' ranges, over all product repositories."""
    found: dict[str, set[str]] = {}
    for one in taggings(portal):
        span = one.product.history.range_of(one.release.version)
        if span and span.base:
            seen = found.setdefault(one.release.version, set())
            seen.update(ticket for commit in commits_of(one) for ticket in tickets(commit))
    for version, seen in found.items():
        release = portal.release(version)
        record = release.one(Changes) if release and not portal.git.unchecked else None
        for at, change in enumerate(record.value.changes if record and record.value else ()):
            if record and change.ticket not in seen:
                place = record.source.locate("changes", at, "ticket")
                message = f"no commit of release {version} names '{change.ticket}'"
                yield Problem(place, message, "take the change out, or correct its ticket", version)


RULE = Rule(__name__, check, guards=("changes",))
