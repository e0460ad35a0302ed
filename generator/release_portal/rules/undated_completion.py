"""An action is done, and nobody wrote down when.

## Why it matters
Whether an improvement came in time is asked at the next audit. Without its day it cannot be answered.

## How to fix
Set `done_on` to the day on which the action was done, and list what shows it as evidence.

## Controls
- ISO 27001 10.2: results of corrective action are documented.
"""

from release_portal.portal import Portal
from release_portal.records.actions import Actions
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for the day of every action that is done."""
    for release, record in portal.all(Actions):
        for index, action in enumerate(record.value.actions if record.value else ()):
            if action.state == "done" and action.done_on is None:
                at = record.source.locate("actions", index, "state")
                hint = f"add `done_on`; {portal.roster.name(action.owner)} owns it"
                yield Problem(at, f"action {action.id} is done, and no day is given", hint, release.version)


RULE = Rule(__name__, check, guards=("actions",))
