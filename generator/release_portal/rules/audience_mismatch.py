"""A notice went to another audience, by another channel or to another number of recipients than it is meant for.

## Why it matters
The notice says who is to be told, the send log who was told. Where they differ, somebody was left out, or somebody
read what was meant for others.

## How to fix
Correct the record that is wrong. If some recipients were left out, send them the notice and log that as a sending of
its own: the sendings of a notice count together. One sending by the notice's own channel is enough; others may go by
another one.

## Controls
- ISO 27001 A.8.32: changes are communicated as planned.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.notice import Notice
from release_portal.records.send_log import Sending, SendLog
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

_Found = Iterator[tuple[int, str, str, bool]]


def check(portal: Portal) -> Problems:
    """Compare the sendings of every notice with the notice."""
    for release, log in portal.all(SendLog):
        entries = list(enumerate(log.value.sendings)) if log.value else []
        waiting = by_stage(portal, release, log.source.locate())
        for notice in release.all(Notice):
            sendings = [(index, one) for index, one in entries if one.notice == notice.name]
            if notice.value is None or not sendings:
                continue
            for index, key, message, waits in _differences(notice.name, notice.value, sendings):
                severity = waiting if waits else Severity.ERROR
                if severity:
                    at = log.source.locate("sendings", index, key)
                    yield Problem(at, message, f"the notice: {notice.path}", release.version, severity)


def _differences(name: str, notice: Notice, sendings: list[tuple[int, Sending]]) -> _Found:
    """Sending, key and message of what differs, and whether a further sending could still mend it."""
    for index, one in sendings:
        if one.audience != notice.audience:
            message = f"'{name}' is for the audience '{notice.audience}', but was sent to '{one.audience}'"
            yield index, "audience", message, False
        if one.recipients > notice.recipients:
            message = (
                f"'{name}' is meant for {notice.recipients} recipients, but was sent to {one.recipients}"
            )
            yield index, "recipients", message, False
    channels = dict.fromkeys(one.channel for _, one in sendings)
    if notice.channel not in channels:
        message = f"'{name}' is meant to go by {notice.channel}, but was sent by {listed(list(channels))}"
        yield sendings[0][0], "channel", message, False
    total = sum(one.recipients for _, one in sendings)
    if total < notice.recipients:
        message = f"'{name}' was sent to {total} of its {notice.recipients} recipients"
        yield sendings[-1][0], "recipients", message, True


RULE = Rule(__name__, check, guards=("notice", "send-log"))
