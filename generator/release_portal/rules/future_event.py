"""A record tells of something that lies in the future.

## Why it matters
A record says what happened. A time that has not come yet is a typing error, or a record that was written in advance
and says nothing. What is planned (target dates, windows, due days, expiry, retention) may lie ahead, and so may the
shifts of a rota and the time at which notes are published.

## How to fix
Correct the time; see to year, zone and half of the day. Write down what happens when it has happened. A day's
difference is let pass, as clocks and zones differ.

## Controls
- 21 CFR 11.10(e): the audit trail is time-stamped by when things happened.
- SOC 2 CC8.1: approval comes before deployment, which only true times can show.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records._kinds import KINDS
from release_portal.records._record import Record
from release_portal.records._walk import values_of
from release_portal.rules._rule import Problem, Problems, Rule

_PLANNED = {"target_date", "from", "until", "due", "expires", "retain_until", "published_at"}
_LENIENCE = timedelta(days=1)


def check(portal: Portal) -> Problems:
    """Compare every instant and day that is not a plan with the instant as of which the check judges."""
    latest = portal.as_of + _LENIENCE
    for release in portal.releases:
        for record in (*release.records, *(one.record for one in release.signoffs)):
            for at, words in _later(record, latest):
                hint = f"judged as of {portal.as_of:%Y-%m-%d}; write down what has happened"
                yield Problem(at, f"{words} is still to come", hint, release.version)


def _later(record: Record[Any], latest: datetime) -> Iterator[tuple[Location, str]]:
    """What a record claims to have happened after an instant, also where it has errors elsewhere."""
    for kind in ("instant", "day"):
        for route, text in values_of(record, kind):
            if route[-1] in _PLANNED or not KINDS[kind].good(text):
                continue
            day = kind == "day"
            if date.fromisoformat(text) > latest.date() if day else datetime.fromisoformat(text) > latest:
                yield record.source.locate(*route), text


RULE = Rule(__name__, check)
