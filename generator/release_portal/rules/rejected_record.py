"""Somebody has rejected a record, and has not signed it again since.

## Why it matters
A rejection closes the gate. An edit of the record does not lift it: whoever rejected says whether the matter
is settled.

## How to fix
Settle what the rejection's note names, and ask the same person to sign again, with an approval or an abstention.
The same file is written again, and git keeps the earlier decision.
"""

from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.rules._rule import Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every rejection by somebody who held the role that the sign-off names, also of an earlier content."""
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.REJECTED:
            yield problem


RULE = Rule(__name__, check, guards=("signoff",))
