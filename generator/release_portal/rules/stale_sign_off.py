"""A record changed after it was signed off.

## Why it matters
A sign-off says yes to one content, by its digest. When the content changes afterwards, nobody has
approved what stands there now.

## How to fix
Have the change looked at, and sign again: `release-portal sign VERSION RECORD --as PERSON` writes the
new digest. If the change was a mistake, take it back, and the sign-off holds again.
"""

from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.rules._rule import Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every sign-off that the process asks for and that no longer binds."""
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.STALE:
            yield problem


RULE = Rule(__name__, check)
