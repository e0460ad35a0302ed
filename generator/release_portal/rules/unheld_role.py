"""Somebody attended a meeting of the board in a role that they did not hold on that day.

## Why it matters
A board is quorate, and compliance is present, by the roles of the people in the room. A role that somebody did not
hold then fills no seat.

## How to fix
Correct the role or the person. If the roster is out of date, its owners change it in a pull request of its own.

## Controls
- SOC 2 CC8.1: changes are authorised.
- PCI DSS 6.5.1: each change has a documented approval.
"""

from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.rules._meetings import meetings
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look up in the roster every attendee, as of the day of the meeting, and everybody whom release.yaml names."""
    yield from _named(portal)
    for release in portal.releases:
        for record, meeting in meetings(release):
            day = meeting.held_at.date()
            for index, attendee in enumerate(meeting.attendees):
                person = portal.roster.person(attendee.person)
                at = record.source.locate("attendees", index, "role")
                severity = by_stage(portal, release, at)
                if severity is None or person is None or person.holds(attendee.role, day):
                    continue
                held = ", ".join(tenure.role for tenure in person.roles if tenure.covers(day))
                message = f"{person.name} did not hold the role '{attendee.role}' on {day}"
                yield Problem(at, message, f"held then: {held or 'no role'}", release.version, severity)


def _named(portal: Portal) -> Problems:
    """People whom a release names in a role of its process that they never held."""
    for release, record in portal.all(Facts):
        known = portal.process_of(release).roles
        for role, who in record.value.roles.items() if record.value else ():
            person = portal.roster.person(who)
            if role in known and person and not any(tenure.role == role for tenure in person.roles):
                held = ", ".join(tenure.role for tenure in person.roles) or "no role"
                at = record.source.locate("roles", role)
                message = f"{person.name} never held the role '{role}'"
                yield Problem(at, message, f"holds: {held}", release.version)


RULE = Rule(__name__, check, guards=("release", "cab-minutes", "go-no-go"), needs_roster=True)
