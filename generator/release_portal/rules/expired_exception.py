"""An accepted exception has expired while its release is under way, or expires within 30 days.

## Why it matters
What was accepted was accepted until a day. Afterwards the risk is there and nobody answers for it.

A closed release is judged as of its closure, and never again; a withdrawn one is not judged. A later release that
leans on the exception is judged for itself, by `failed-control-without-exception` and `open-scan-result`.

## How to fix
Fulfil what was excepted, and set `state: closed`. If it still cannot be fulfilled, have a new exception accepted with a
new day, and name that one where this one was named. Do not move the day of one that was accepted.

## Controls
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised, and records are kept.
"""

from datetime import date, timedelta

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.exceptions import Exceptions
from release_portal.release import CLOSED, WITHDRAWN, Release
from release_portal.rules._rule import Problem, Problems, Rule

NOTICE = timedelta(days=30)


def check(portal: Portal) -> Problems:
    """Compare the last day of every accepted exception with the day on which its release is judged."""
    for release, record in portal.all(Exceptions):
        closed = release.phase == CLOSED
        day = _day(portal, release)
        for index, one in enumerate(record.value.exceptions if record.value else ()):
            if one.state != "accepted" or day is None:
                continue
            at = record.source.locate("exceptions", index, "expires")
            hint = f"{portal.roster.name(one.owner)} owns it: {one.title}"
            if one.expires < day:
                ending = f", before {release.version} was closed" if closed else ""
                message = f"exception {one.id} expired on {one.expires}{ending}"
                yield Problem(at, message, hint, release.version)
            elif not closed and one.expires - day <= NOTICE:
                message = f"exception {one.id} expires on {one.expires}"
                yield Problem(at, message, hint, release.version, Severity.WARNING)


def _day(portal: Portal, release: Release) -> date | None:
    """The day on which a release is judged; None for one that is withdrawn, or closed without saying when."""
    if release.phase not in (CLOSED, WITHDRAWN):
        return portal.clock.today()
    closed = release.facts.closed_at if release.facts else None
    return closed.date() if closed and release.phase == CLOSED else None


RULE = Rule(__name__, check, guards=("exceptions",), needs_roster=True)
