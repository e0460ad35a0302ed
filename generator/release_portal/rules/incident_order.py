"""The emergency actions of an incident are out of order, or began before it was detected.

## Why it matters
How long it took to detect, to act and to resolve is read off these times. Nobody acts on what nobody has seen: one
of the two times is wrong, and so is every figure made from it.

## How to fix
Correct the time that is wrong, and list the actions from the first to the last. See to the day after midnight, and to
the zone: instants are compared.

## Controls
- 21 CFR 11.10(e): the audit trail is time-stamped by when things happened.
"""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.records.incident import Incident
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare every emergency action with the detection and with the action before it."""
    for release, record in portal.all(Incident):
        for index, message, hint in _faults(record.value) if record.value else ():
            at = record.source.locate("emergency_actions", index, "at")
            yield Problem(at, message, hint, release.version)


def _faults(incident: Incident) -> Iterator[tuple[int, str, str]]:
    before = incident.detected_at
    for index, action in enumerate(incident.emergency_actions):
        if action.at < incident.detected_at:
            hint = f"detected at {moment(incident.detected_at)}"
            yield index, f"action on {incident.ticket} before the incident was detected", hint
        elif action.at < before:
            hint = f"the one before it was at {moment(before)}"
            yield index, f"action on {incident.ticket} is listed after a later one", hint
        before = max(before, action.at)


RULE = Rule(__name__, check, guards=("incident",))
