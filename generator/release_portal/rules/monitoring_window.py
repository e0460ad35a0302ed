"""The monitoring window does not cover 48 to 72 hours right after the deployment.

## Why it matters
Most faults of a release show in its first days. A window that begins before the last deployment ended watches the
old version in part; a shorter one ends before the second day's load; one that begins more than a day late misses
the hours that matter. A longer one is no window of this release any more.

## How to fix
Give the window in which the KPIs were taken, from the end of the last successful deployment to production on. If it
was too short, go on watching, and report the whole of it.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from release_portal.portal import Portal
from release_portal.records.health import Health, Span
from release_portal.rules._phrases import moment, span
from release_portal.rules._rule import Problem, Problems, Rule, by_stage
from release_portal.rules._runs import last_end

SHORTEST, LONGEST = timedelta(hours=48), timedelta(hours=72)
_MINUTE = timedelta(minutes=1)  # windows are told to the minute: seconds make none too long
_LATEST = LONGEST - SHORTEST  # begun by then, a window of 48 hours lies within the first 72


def check(portal: Portal) -> Problems:
    """Compare begin and length of every window with the end of the deployment."""
    for release, record in portal.all(Health):
        for key, message, hint in _faults(record.value.window, last_end(release)) if record.value else ():
            at = record.source.locate("window", key)
            severity = by_stage(portal, release, at)
            if severity:
                yield Problem(at, message, hint, release.version, severity)


def _faults(window: Span, deployed: datetime | None) -> Iterator[tuple[str, str, str]]:
    length = window.until - window.from_
    if deployed and window.from_ < deployed:
        hint = f"the last deployment ended at {moment(deployed)}"
        yield "from", "the monitoring window begins before the deployment ended", hint
    elif deployed and window.from_ > deployed + _LATEST:
        hint = f"the last deployment ended at {moment(deployed)}"
        yield (
            "from",
            f"the monitoring window begins {span(window.from_ - deployed)} after the deployment",
            hint,
        )
    if timedelta(0) <= length and not SHORTEST <= length < LONGEST + _MINUTE:
        ends = f"until {moment(window.from_ + SHORTEST)} at the least, {moment(window.from_ + LONGEST)} at the most"
        yield "until", f"the monitoring window is {span(length)} long", f"it is 48 to 72 hours long: {ends}"


RULE = Rule(__name__, check, guards=("health",))
