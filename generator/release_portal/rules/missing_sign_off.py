"""A record lacks the sign-off of a role that the process asks for.

## Why it matters
An approval that nobody gave is the first thing an auditor looks for. The role must be held, on the day
of the sign-off, by the person who signs.

## How to fix
Ask one of the people in the hint to sign: `release-portal sign VERSION RECORD --as PERSON` writes the
file with the right digest. It is committed by the signer, alone.
"""

from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.rules._rule import Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every role that has not signed a record which exists."""
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.SIGN_OFF:
            yield problem


RULE = Rule(__name__, check, guards=("signoff",), needs_roster=True)
