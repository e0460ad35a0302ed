"""A sign-off is by somebody who does not hold the role in which they sign.

## Why it matters
An approval counts because of who gives it. A name that is not in the roster, a role that the person
does not hold, or one that they held at another time gives no authority.

## How to fix
Have it signed by somebody who may: `release-portal sign VERSION RECORD --as PERSON` writes the file under the
signer's id, and the signer commits it. A file is never renamed or put in another name: that makes somebody say what they
did not say. If the roster is out of date, its owners change it in a pull request of their own: a sign-off and the right
to give it never arrive together.
"""

from release_portal.portal import Portal
from release_portal.records.signoff import Signoff
from release_portal.release import Release, SignedRecord
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look up every signer in the roster, as of the day of the sign-off."""
    for release in portal.releases:
        for signed in release.signoffs:
            problem = _problem(portal, release, signed)
            if problem:
                yield problem


def _problem(portal: Portal, release: Release, signed: SignedRecord) -> Problem | None:
    value, source = signed.value, signed.record.source
    if value is None:
        return None
    person = portal.roster.person(value.by)
    if signed.record.name != value.by:
        message = f"the file is named after '{signed.record.name}', the sign-off is by '{value.by}'"
        hint = f"take it out; {_who_may(portal, value)}, each with `release-portal sign`"
        return Problem(source.locate("by"), message, hint, release.version)
    if person is None:
        message = f"'{value.by}' is not in the roster"
        return Problem(source.locate("by"), message, _who_may(portal, value), release.version)
    if not person.holds(value.role, value.at.date()):
        held = ", ".join(tenure.role for tenure in person.roles if tenure.covers(value.at.date()))
        message = f"{person.name} did not hold the role '{value.role}' on {value.at.date()}"
        hint = f"held then: {held or 'no role'}; {_who_may(portal, value)}"
        return Problem(source.locate("role"), message, hint, release.version)
    return None


def _who_may(portal: Portal, value: Signoff) -> str:
    people = ", ".join(one.id for one in portal.roster.holders(value.role, value.at.date()))
    return f"who may sign as {value.role}: {people or 'nobody'}"


RULE = Rule(__name__, check, guards=("signoff",), needs_roster=True)
