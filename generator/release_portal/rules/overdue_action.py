"""An action of the action log is open after its due day.

## Why it matters
An improvement that is never done is a lesson that was paid for and not learnt. The release stays as it is, closed or
not, so this is a warning; it goes when the action is done.

## How to fix
Finish it, and set `state: done` with `done_on`. If it makes no sense any more, set `state: dropped` and say why in
`note`. A new due day is for whoever leads the next retrospective to agree to.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.actions import Actions
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare the due day of every open action with the day as of which the check judges."""
    today = portal.clock.today()
    for release, record in portal.all(Actions):
        for index, action in enumerate(record.value.actions if record.value else ()):
            if action.state == "open" and action.due < today:
                at = record.source.locate("actions", index, "due")
                message = (
                    f"action {action.id} of {release.version} ({action.ticket}) is overdue since {action.due}"
                )
                hint = f"{portal.roster.name(action.owner)} owns it: {action.title}"
                yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("actions",))
