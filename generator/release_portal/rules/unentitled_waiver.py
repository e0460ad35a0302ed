"""A deliverable is said not to apply by somebody whose role signs nothing in the process.

## Why it matters
A statement under `not_applicable` in release.yaml takes a deliverable away: its records, its sign-offs, its gate. If
anybody could accept that, a developer could waive the decision on going live.

## How to fix
Let somebody accept it who holds a role that the process asks to sign, name that person as `approved_by`, and have
it signed (`unproved-waiver`). A deliverable that does apply is delivered, not waived.

## Controls
- SOC 2 CC8.1: changes are authorised and approved.
- ISO 27001 A.5.3: conflicting duties are segregated.
"""

from release_portal.portal import Portal
from release_portal.progress import signing_roles
from release_portal.records.release import Release as Facts
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for a role of authority of everybody who accepted that a deliverable does not apply."""
    for release, record in portal.all(Facts):
        roles = signing_roles(portal.process_of(release))
        for number, statement in record.value.not_applicable.items() if record.value else ():
            person = portal.roster.person(statement.approved_by)
            if person is None or any(tenure.role in roles for tenure in person.roles):
                continue
            at = record.source.locate("not_applicable", number, "approved_by")
            message = (
                f"{person.name} may not accept that {number} does not apply: no role of theirs signs anything"
            )
            hint = f"let one of these accept it: {', '.join(sorted(roles))}"
            yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, guards=("release",))
