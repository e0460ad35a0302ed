"""An open action is due more than two years from now.

## Why it matters
A due day makes an action somebody's work. One that nobody on the team will be there to see, or that was typed to make
the field go away, makes it nobody's; and no register will ever show it as overdue.

## How to fix
Agree on a day with the owner of the action. What has no day is no action: drop it, and say why in `note`.

## Controls
- ISO 27001 10.2: nonconformities are corrected, and whether that worked is reviewed.
"""

from datetime import date, timedelta

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.actions import Actions
from release_portal.rules._rule import Problem, Problems, Rule

LONGEST = timedelta(days=2 * 365)


def check(portal: Portal) -> Problems:
    """Compare the due day of every open action with the day as of which the check judges."""
    last = portal.clock.today() + LONGEST
    for release, record in portal.all(Actions):
        for index, action in enumerate(record.value.actions if record.value else ()):
            if action.state == "open" and action.due > last:
                at = record.source.locate("actions", index, "due")
                message = (
                    f"action {action.id} of {release.version} ({action.ticket}) is due on {action.due} only"
                )
                hint = f"agree on a day with {portal.roster.name(action.owner)}, by {last} at the latest"
                yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("actions",), since=date(2026, 11, 30))
