"""A record tells of something that happened only after the record was committed.

## Why it matters
A record says what happened. If the commit that wrote it is older than what it tells, it was written in advance, or
the commit's time was set back. Plans (target dates, windows, due days, expiry, retention) may lie ahead.

## How to fix
Correct the time if it is wrong. Else commit the record again once the thing has happened, with what really happened:
the commit that gives a record its present content is the one that counts. Ten minutes are let pass, as clocks differ.

## Controls
- 21 CFR 11.10(e): the audit trail is time-stamped by when things happened.
- SOC 2 CC8.1: approval comes before deployment, which only true times can show.
"""

from datetime import UTC, date, datetime, timedelta

from release_portal.portal import Portal
from release_portal.rules._events import events
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._timing import TOLERANCE

_EASTERNMOST = timedelta(hours=14)  # where a day begins first


def check(portal: Portal) -> Problems:
    """Compare every instant and day that is not a plan with the commit that wrote it."""
    own = portal.git.history
    for release in portal.releases if own else ():
        for record in (*release.records, *(one.record for one in release.signoffs)):
            history = own.of(record.path) if own else None
            if history is None or history.tip is None or not history.introduced or not record.source.text:
                continue
            commit = history.introduced[-1].commit
            written = commit.committer.at
            if written is None or not history.tip.holds(record.source.text.encode()):
                continue
            told = sorted((at, words) for at, words, when in events(record) if _is_later(when, written))
            if told:
                more = f", nor had {len(told) - 1} more times" if told[1:] else ""
                message = f"{told[0][1]} had not come when it was committed, in {commit.id[:12]} at {moment(written)}{more}"
                hint = "correct the time, or commit the record again now that it has happened"
                yield Problem(told[0][0], message, hint, release.version)


def _is_later(when: datetime | date, written: datetime) -> bool:
    """Days are compared with the latest one that it was anywhere."""
    if isinstance(when, datetime):
        return when > written + TOLERANCE
    return when > (written.astimezone(UTC) + _EASTERNMOST).date()


RULE = Rule(__name__, check)
