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

from datetime import date, datetime, timedelta

from release_portal.portal import Portal
from release_portal.rules._events import events
from release_portal.rules._rule import Problem, Problems, Rule

_LENIENCE = timedelta(days=1)


def check(portal: Portal) -> Problems:
    """Compare every instant and day that is not a plan with the instant as of which the check judges."""
    since = portal.clock.today().isoformat()  # an earlier day has begun everywhere, given the lenience
    for release in portal.releases:
        for record in (*release.records, *(one.record for one in release.signoffs)):
            for at, words, when in events(record, since):
                if _is_ahead(portal, when):
                    hint = f"judged as of {portal.clock.today()}; write down what has happened"
                    yield Problem(at, f"{words} is still to come", hint, release.version)


def _is_ahead(portal: Portal, when: datetime | date) -> bool:
    if isinstance(when, datetime):
        return not portal.clock.reached(when - _LENIENCE)
    return when > portal.clock.today() + _LENIENCE


RULE = Rule(__name__, check)
