"""A change with material impact on customers or regulation has no notice to them.

## Why it matters
A material impact is one that somebody has a right to be told of. The regulator is not told by a letter to customers,
nor customers by a letter to the regulator.

## How to fix
Write the notice in `notices/`, with the change's ticket under `tickets`: `audience: regulator` for regulatory
impact, `audience: customers` for customer impact. Send it, and enter it in the send log. If the impact was judged
too high, correct it in `changes.yaml`, and have that signed again.

## Controls
- ISO 27001 A.8.32: the impact of changes is assessed, and changes are communicated.
"""

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.records.notice import Notice
from release_portal.rules._owed import owed, unread
from release_portal.rules._rule import Problem, Problems, Rule

_TOLD = {
    "regulatory_impact": ("regulator", "regulatory impact, and no notice to a regulator"),
    "customer_impact": ("customers", "customer impact, and no notice to customers"),
}


def check(portal: Portal) -> Problems:
    """Look for a notice to each audience on which a change has material impact."""
    for release, record in portal.all(Changes):
        severity = owed(portal, release, "notice")
        if severity is None or unread(release, "notice"):
            continue
        notices = [one.value for one in release.all(Notice) if one.value]
        told = {(one.audience, ticket) for one in notices for ticket in one.tickets}
        for index, change in enumerate(record.value.changes if record.value else ()):
            for key, (audience, missing) in _TOLD.items():
                if getattr(change, key) == "material" and (audience, change.ticket) not in told:
                    at = record.source.locate("changes", index, key)
                    message = f"{change.ticket} has material {missing} names it"
                    hint = f"write a notice with `audience: {audience}` and `tickets: [{change.ticket}]`"
                    yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("notice",))
