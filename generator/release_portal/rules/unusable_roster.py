"""The roster cannot be used, so nobody is known and nothing about people is judged.

## Why it matters
Who signed, who reviewed and who decided is looked up in the roster. Without it every name would be an unknown one, and
hundreds of findings would hide the one mistake that they come from. They are counted and not told.

## How to fix
Mend what the other findings at roster/people.yaml say, or bring the file back. Then check again.

## Controls
- SOC 2 CC6.1: who acts is identified.
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Tell whether the roster knows anybody."""
    if not portal.roster.people:
        yield Problem(portal.roster.location, "the roster cannot be used", "mend it first, then check again")


RULE = Rule(__name__, check, guards=("people",))
