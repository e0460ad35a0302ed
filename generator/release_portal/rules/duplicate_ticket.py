"""A ticket stands for two changes.

## Why it matters
Every change has its own ticket, so that its approval, its review and its commits can be told from
those of every other change.

## How to fix
Give one of them a ticket of its own. A change that was reverted and comes again in a later release is a
new change.
"""

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare the tickets of all changes of all releases, from the oldest release on."""
    seen: dict[str, Location] = {}
    for release in reversed(portal.releases):
        record = release.one(Changes)
        if record is None or record.value is None:
            continue
        for index, change in enumerate(record.value.changes):
            at = record.source.locate("changes", index, "ticket")
            if change.ticket in seen:
                message = f"ticket '{change.ticket}' stands for another change already"
                yield Problem(at, message, f"the other one: {seen[change.ticket]}", release.version)
            seen.setdefault(change.ticket, at)


RULE = Rule(__name__, check, guards=("changes",))
