"""A release is still in monitoring, and its monitoring window has been over for more than a week.

## Why it matters
Monitoring ends with a health report, an audit package and the way on to notices and retrospective. While a release stays
in it, none of these is owed, so nobody is told that they are missing, and the evidence is no longer fresh.

The window is the one in the health report; while there is none, it ends 72 hours after the last deployment to
production. A week is left to report on it, whatever days it begins on.

## How to fix
Complete the records of the phase, and set `phase` to the next one. If the release is watched longer for a reason, give
the health report the window that holds.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from datetime import date, datetime, timedelta

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.records.release import Release as Facts
from release_portal.release import Release
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import last_end
from release_portal.rules.monitoring_window import LONGEST

GRACE = timedelta(days=7)


def check(portal: Portal) -> Problems:
    """Compare the end of the window of every release in monitoring with the instant of the check."""
    for release, record in portal.all(Facts):
        home = portal.process_of(release).home("health")
        start = _known(release) if home and release.phase == home.slug else None
        # What lies in the far future is not added to: no calendar goes beyond the year 9999.
        if home is None or start is None or not portal.clock.passed(start[0]):
            continue
        end = start[0] + start[1]
        if portal.clock.passed(end + GRACE):
            message = f"{release.version} is in '{home.slug}', but its window ended at {moment(end)}"
            hint = "complete the phase's records, and set `phase` to the next one"
            yield Problem(record.source.locate("phase"), message, hint, release.version)


def _known(release: Release) -> tuple[datetime, timedelta] | None:
    """An instant, and how long after it a release's window ends; None where it is in production nowhere."""
    health, deployed = release.one(Health), last_end(release)
    if health and health.value:
        return health.value.window.until, timedelta()
    return (deployed, LONGEST) if deployed else None


RULE = Rule(__name__, check, Severity.WARNING, guards=("health", "release"), since=date(2026, 11, 24))
