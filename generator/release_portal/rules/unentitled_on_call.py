"""Somebody was on call who was neither an on-call engineer nor a site reliability engineer then.

## Why it matters
Whoever is on call has to find the fault and take the release back, at night and alone. The roster says who was trained
for that and has the access. A rota that names somebody else names nobody.

The roles are `on-call` and `sre`, as far as the process has them; where it has neither, nobody is judged. The role is
held from the first day of the shift to its last.

## How to fix
Correct the rota if it names the wrong person. If the roster is out of date, its owners change it in a pull request of
its own. If it was as recorded, take it to the retrospective.

## Controls
- ISO 27001 A.8.32: a change can be taken back, which needs somebody to do it.
- RBI IT Governance Directions 2023: changes can be rolled back.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

ROLES = ("on-call", "sre")


def check(portal: Portal) -> Problems:
    """Look up in the roster everybody on the rota, as of the days on which their shift begins and ends."""
    for release, record in portal.all(Health):
        roles = [role for role in ROLES if role in portal.process_of(release).roles]
        for index, shift in enumerate(record.value.on_call if record.value and roles else ()):
            at = record.source.locate("on_call", index, "person")
            severity, who = by_stage(portal, release, at), portal.roster.person(shift.person)
            days = (shift.from_.date(), shift.until.date())
            missing = [day for day in days if who and not any(who.holds(role, day) for role in roles)]
            if severity and who and missing:
                wanted = " or ".join(f"'{role}'" for role in roles)
                held = [one.id for role in roles for one in portal.roster.holders(role, missing[0])]
                message = f"{who.name} was on call, but did not hold the role {wanted} on {missing[0]}"
                hint = f"who was: {', '.join(dict.fromkeys(held)) or 'nobody'}"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("health",), since=date(2026, 11, 24), needs_roster=True)
