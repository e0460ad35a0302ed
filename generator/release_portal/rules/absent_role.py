"""A go/no-go decision was taken without compliance in the room.

## Why it matters
The process wants compliance present when the board decides, so that an open duty is named before the deployment
and not found after it. A signature given later is no presence.

## How to fix
Add the compliance officer to the attendees if they were there. If not, hold the meeting again with them.

## Controls
- SOC 2 CC8.1: changes are authorised.
- PCI DSS 6.5.1: each change has a documented approval.
- RBI IT Governance Directions 2023: changes are approved.
"""

from release_portal.portal import Portal
from release_portal.records.go_no_go import GoNoGo
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

ROLE = "compliance-officer"


def check(portal: Portal) -> Problems:
    """Look for somebody who sat in the meeting as compliance officer."""
    for release, record in portal.all(GoNoGo):
        at = record.source.locate_key("attendees")
        severity = by_stage(portal, release, at)
        if record.value is None or severity is None:
            continue
        if all(attendee.role != ROLE for attendee in record.value.attendees):
            holders = portal.roster.holders(ROLE, record.value.held_at.date())
            message = (
                f"nobody attended the go/no-go decision as {portal.process_of(release).roles.get(ROLE, ROLE)}"
            )
            hint = f"who held the role then: {', '.join(one.id for one in holders) or 'nobody'}"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("go-no-go",), needs_roster=True)
