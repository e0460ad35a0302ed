"""A role that must approve a record has rejected it.

## Why it matters
A rejection closes the gate. It stays on record even after the matter is settled.

## How to fix
Settle what the rejection's note names, change the record, and ask for a new sign-off. The same file is
written again, and git keeps the earlier decision.
"""

from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.rules._rule import Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every rejection by a role whose approval the process asks for."""
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.REJECTED:
            yield problem


RULE = Rule(__name__, check)
