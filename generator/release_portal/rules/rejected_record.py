"""Somebody has rejected a record, and has not signed it again since.

## Why it matters
A rejection in a role that the process asks to sign, this record or another, closes the gate. One in any other role is
a warning: it is on record, and nobody has to wait for it. A rejection that is not proved is none (`unproved-sign-off`).
An edit of the record does not lift it: whoever rejected says whether the matter is settled.

## How to fix
Settle what the rejection's note names, and ask the same person to sign again, with an approval or an abstention.
The same file is written again, and git keeps the earlier decision.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import GapKind, is_proved, is_stale, signing_roles
from release_portal.release import Release
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every rejection by somebody who held the role that the sign-off names, also of an earlier content."""
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.REJECTED:
            yield problem
    for release in portal.releases:
        yield from _unasked(portal, release)


def _unasked(portal: Portal, release: Release) -> Iterator[Problem]:
    measure, process = portal.measure(release), portal.process_of(release)
    for one in release.signoffs:
        value = one.value
        if value is None or value.decision != "reject" or value.role in signing_roles(process):
            continue
        held = portal.roster.holds(value.by, value.role, value.at.date()) and one.record.name == value.by
        if held and is_proved(measure, one):
            who = f"{portal.roster.name(value.by)} ({process.roles.get(value.role, value.role)})"
            said = f"rejected {one.subject} before it changed" if is_stale(one) else f"rejects {one.subject}"
            hint = f"the process asks this role to sign nothing; settle what the note names with {value.by}"
            place = one.record.source.locate("decision")
            yield Problem(place, f"{who} {said}", hint, release.version, Severity.WARNING)


RULE = Rule(__name__, check, guards=("signoff",))
