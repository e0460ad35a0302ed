"""Something ended before it began.

## Why it matters
A span that runs backwards has one wrong end, and every order in time that is read off it may be wrong. Instants are
compared: 10:00+05:30 is before 05:00Z.

## How to fix
Correct the wrong end; see to the day after midnight, and to the zone.

## Controls
- 21 CFR 11.10(e): the audit trail is time-stamped by when things happened.
- SOC 2 CC8.1: approval comes before deployment, which only true times can show.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records._contents import Route
from release_portal.records._kinds import KINDS
from release_portal.records._record import Record
from release_portal.records._walk import values_of
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule

_SPANS = (
    ("from", "until"),
    ("started_at", "finished_at"),
    ("started_at", "detected_at"),
    ("detected_at", "resolved_at"),
    ("granted_at", "revoked_at"),
)
_ENDS = frozenset(end for span in _SPANS for end in span)


def check(portal: Portal) -> Problems:
    """Compare both ends of every span in every record."""
    for release in portal.releases:
        for record in release.records:
            for at, message, hint in _backwards(record):
                yield Problem(at, message, hint, release.version)


def _backwards(record: Record[Any]) -> Iterator[tuple[Location, str, str]]:
    found: dict[Route, datetime] = {
        route: datetime.fromisoformat(text)
        for route, text in values_of(record, "instant")
        if route[-1] in _ENDS and KINDS["instant"].good(text)
    }
    for route, start in found.items():
        for first, last in _SPANS:
            end = found.get((*route[:-1], last)) if route[-1] == first else None
            if end and end < start:
                at = record.source.locate(*route[:-1], last)
                yield at, f"`{last}` is before `{first}`", f"`{first}` is {moment(start)}"


RULE = Rule(__name__, check)
