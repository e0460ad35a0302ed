"""A meeting of the board was chaired by somebody who was not there, or does not chair the board.

## Why it matters
The chair answers for the board's decision. Minutes that name a chair who did not attend, or who did not hold the
role on that day, record a decision that nobody was entitled to declare.

## How to fix
Name who chaired the meeting, and list them among the attendees. A deputy holds the role `cab-chair` for those days
in the roster, which its owners change in a pull request of its own.

## Controls
- SOC 2 CC8.1: changes are authorised.
- PCI DSS 6.5.1: each change has a documented approval.
- RBI IT Governance Directions 2023: changes are approved.
"""

from release_portal.portal import Portal
from release_portal.rules._meetings import meetings
from release_portal.rules._people import among
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

CHAIR = "cab-chair"


def check(portal: Portal) -> Problems:
    """Look for the chair among the attendees, and in the roster as of that day."""
    for release in portal.releases:
        for record, meeting in meetings(release):
            at, day = record.source.locate("chair"), meeting.held_at.date()
            severity = by_stage(portal, release, at)
            person = portal.roster.person(meeting.chair)
            if severity is None or person is None:  # somebody unknown is for `unknown-person` to tell
                continue
            if not among(portal.roster, meeting.chair, [one.person for one in meeting.attendees]):
                message = f"{person.name} chaired the meeting, but is not among the attendees"
                hint = f"add {{person: {meeting.chair}, role: {CHAIR}}}, or name who chaired it"
                yield Problem(at, message, hint, release.version, severity)
            if not person.holds(CHAIR, day):
                chairs = ", ".join(one.id for one in portal.roster.holders(CHAIR, day))
                message = f"{person.name} did not hold the role '{CHAIR}' on {day}"
                hint = f"who held it then: {chairs or 'nobody'}"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("cab-minutes", "go-no-go"))
