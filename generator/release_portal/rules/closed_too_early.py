"""A release was closed before its monitoring window had ended, or before its retrospective.

## Why it matters
Closing says that all ten phases are over. A release that is closed while it is still being watched, or before anyone
looked back at it, was closed on a promise.

## How to fix
Correct `closed_at`, or open the release again (`phase: monitoring`, `phase: retrospective`) until the work is done.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from datetime import datetime

from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.records.release import Release as Facts
from release_portal.records.retrospective import Retrospective
from release_portal.release import Release
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare the closing with the window's end and the retrospective."""
    for release, record in portal.all(Facts):
        closed = record.value.closed_at if record.value else None
        for what, at in _before(release):
            if closed and closed < at:
                message = f"closed before {what}, at {moment(at)}"
                yield Problem(
                    record.source.locate("closed_at"), message, "close a release last of all", release.version
                )


def _before(release: Release) -> tuple[tuple[str, datetime], ...]:
    """What comes before the closing, and when it was."""
    windows = [one.value.window.until for one in release.all(Health) if one.value]
    meetings = [one.value.held_at for one in release.all(Retrospective) if one.value]
    return (
        *(("the monitoring window ended", at) for at in windows),
        *(("the retrospective was held", at) for at in meetings),
    )


RULE = Rule(__name__, check, guards=("release", "retrospective"))
