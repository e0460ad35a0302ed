"""An action that an incident names is not in the action log, or every one of them was dropped.

## Why it matters
The root cause analysis ends in what keeps the incident from coming back. An action that no log holds has no owner and
no due day, and one that was dropped changes nothing.

## How to fix
Add the action to `actions.yaml` under the id that the incident names, or correct the id. Where all were dropped, name
the action that took their place.

## Controls
- SOC 2 CC8.1: emergency changes are reviewed afterwards.
"""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.records.actions import Actions
from release_portal.records.incident import Incident
from release_portal.rules._owed import owed
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import meant

_Route = tuple[str | int, ...]


def check(portal: Portal) -> Problems:
    """Look up the actions of every incident in the action log, once there is one."""
    for release, record in portal.all(Incident):
        log, severity = release.one(Actions), owed(portal, release, "actions")
        if log is None or severity is None:
            continue
        states = {action.id: str(action.state) for action in log.value.actions} if log.value else {}
        for route, message, hint in _faults(record.value, states) if record.value else ():
            at = record.source.locate(*route)
            yield Problem(at, message, hint or f"add it to {log.path}", release.version, severity)


def _faults(incident: Incident, states: dict[str, str]) -> Iterator[tuple[_Route, str, str]]:
    named = incident.actions
    others = [action for action in states if action not in named]
    for index, action in enumerate(named):
        if action not in states:
            yield ("actions", index), f"action {action} is not in the action log", meant(action, others)
    if named and all(states.get(action) == "dropped" for action in named):
        hint = "name the action that keeps the incident from coming back"
        yield ("actions",), f"every action of {incident.ticket} was dropped: {listed(named)}", hint


RULE = Rule(__name__, check, guards=("incident", "actions"))
