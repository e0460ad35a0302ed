"""Nobody was on call for part of the monitoring window.

## Why it matters
The window is watched so that somebody can act. An hour without a person on call is an hour in which a fault runs on.

## How to fix
Enter the shift that is missing, with the person who had it. If nobody had it, say so in `anomalies`, and take it to
the retrospective.

## Controls
- ISO 27001 A.8.32: a change can be taken back, which needs somebody to do it.
- RBI IT Governance Directions 2023: changes can be rolled back.
"""

from collections.abc import Iterator
from datetime import datetime

from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look for spans of the window that no shift covers."""
    for release, record in portal.all(Health):
        at = record.source.locate_key("on_call")
        severity = by_stage(portal, release, at)
        if severity and record.value:
            for start, end in _gaps(record.value):
                message = f"nobody is on call from {moment(start)} to {moment(end)}"
                hint = "the rota covers the whole monitoring window"
                yield Problem(at, message, hint, release.version, severity)


def _gaps(health: Health) -> Iterator[tuple[datetime, datetime]]:
    covered = health.window.from_
    for shift in sorted(health.on_call, key=lambda one: one.from_):
        if shift.from_ > covered and covered < health.window.until:
            yield covered, min(shift.from_, health.window.until)
        covered = max(covered, shift.until)
    if covered < health.window.until:
        yield covered, health.window.until


RULE = Rule(__name__, check, guards=("health",))
