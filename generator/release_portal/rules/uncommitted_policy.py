"""Roster, keys or process differ on disk from what is committed.

## Why it matters
Who may sign, and with which key, is decided by a commit that the portal's owners approved. A key that somebody just
appended to a file proves nothing: sign-offs are proved by the roster and the keys that HEAD has, with `--base` by
those of the base branch.

## How to fix
Commit the change, in a pull request of its own, or take it back.

## Controls
SOC 2 CC6.1 and CC8.1, ISO 27001 A.5.3 (segregation of duties).
"""

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Report each policy file that is not as HEAD has it."""
    own = portal.git.history
    for path in own.uncommitted if own else ():
        message = "is not what is committed, and proves nothing"
        yield Problem(Location(path), message, "commit it in a pull request of its own, or take it back")


RULE = Rule(__name__, check)
