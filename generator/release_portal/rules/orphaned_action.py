"""An action is open, and its owner has left.

## Why it matters
An action is done because somebody answers for it. One whose owner is gone waits for nobody, and comes up again when its
due day has passed.

Somebody has left when every role that the roster gives them is over. This is a warning, and stays one when the release
is closed.

## How to fix
Agree with one of the people in the hint that they take it over, and put their id under `owner`. They hold a role now
that the owner held last. If the owner is still there, the roster's owners add the new role in a pull request of its own.
"""

from datetime import date

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.actions import Actions
from release_portal.records.people import Person
from release_portal.release import Release
from release_portal.rules._rule import Problem, Problems, Rule

_MANAGER = "release-manager"


def check(portal: Portal) -> Problems:
    """Look up the owner of every open action in the roster, as of the day as of which the check judges."""
    today = portal.clock.today()
    for release, record in portal.all(Actions):
        for index, action in enumerate(record.value.actions if record.value else ()):
            owner = portal.roster.person(action.owner) if action.state == "open" else None
            left = _left(owner, today) if owner else None
            if owner and left:
                at = record.source.locate("actions", index, "owner")
                message = f"action {action.id} of {release.version} ({action.ticket}) is open, and {owner.name} left on {left}"
                hint = f"give it to {_heirs(portal, release, owner, left) or 'somebody in the roster'}"
                yield Problem(at, message, hint, release.version)


def _left(person: Person, today: date) -> date | None:
    """The last day of somebody's last role; None for who has a role today, or will have one."""
    ends = [tenure.until for tenure in person.roles]
    last = max((end for end in ends if end), default=None)
    return last if last and last < today and None not in ends else None


def _heirs(portal: Portal, release: Release, owner: Person, left: date) -> str:
    """Who holds a role today that somebody held to the end; else who manages the release, or releases."""
    today = portal.clock.today()
    held = dict.fromkeys(tenure.role for tenure in owner.roles if tenure.until == left)
    named = release.facts.roles.get(_MANAGER, "") if release.facts else ""
    manager = portal.roster.person(named)
    managers = (manager,) if manager and not _left(manager, today) else portal.roster.holders(_MANAGER, today)
    people = [one for role in held for one in portal.roster.holders(role, today)] or managers
    return " or ".join(dict.fromkeys(one.name for one in people))


RULE = Rule(__name__, check, Severity.WARNING, guards=("actions",), needs_roster=True)
