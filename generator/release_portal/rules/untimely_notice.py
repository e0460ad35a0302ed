"""A notice was sent before the incident that it tells of was detected, or after its release was closed.

## Why it matters
Nobody tells of what nobody has seen: one of the two times is wrong, and with it the hours that a regulator allows for
a report. A release is closed when the last notice is out, so one that went out later was not there when the closure
was accepted.

A notice tells of an incident where it names the incident's ticket, in its subject, under `tickets` or in its text.
Where an incident was reported to a regulator, at least one of the notices to regulators was sent after its detection.

## How to fix
Correct the time that is wrong; see to the day after midnight, and to the zone. If a notice really went out after the
closure, the release was closed too early: correct `closed_at`. A notice that has nothing to do with the incident does
not name its ticket.

## Controls
- 21 CFR 11.10(e): the audit trail is time-stamped by when things happened.
- ISO 27001 A.8.32: changes are communicated, and records are kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.incident import Incident
from release_portal.records.notice import Notice
from release_portal.records.send_log import Sending, SendLog
from release_portal.release import CLOSED, Release
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tickets import names


@dataclass(frozen=True, slots=True)
class _Sent:
    """One sending, where its time stands, and the notice that was sent."""

    sending: Sending
    at: Location
    notice: Record[Notice] | None


def check(portal: Portal) -> Problems:
    """Compare the time of every sending with the closure, and with the incidents of its release."""
    for release in portal.releases:
        sent = tuple(_sent(release))
        closed = release.facts.closed_at if release.facts and release.phase == CLOSED else None
        for one in sent if closed else ():
            if closed and one.sending.sent_at > closed:
                message = f"notice '{one.sending.notice}' was sent after the release was closed"
                yield Problem(one.at, message, f"closed at {moment(closed)}", release.version)
        for record in release.all(Incident):
            if record.value:
                detected = f"{moment(record.value.detected_at)}, {record.source.locate('detected_at')}"
                for at, message in _early(record.value, sent):
                    yield Problem(at, message, f"detected at {detected}", release.version)


def _sent(release: Release) -> Iterator[_Sent]:
    notices = {one.name: one for one in release.all(Notice)}
    for log in release.all(SendLog):
        for index, one in enumerate(log.value.sendings if log.value else ()):
            yield _Sent(one, log.source.locate("sendings", index, "sent_at"), notices.get(one.notice))


def _early(incident: Incident, sent: tuple[_Sent, ...]) -> Iterator[tuple[Location, str]]:
    """Sendings that came before the incident they tell of was detected."""
    early = [one for one in sent if one.sending.sent_at < incident.detected_at]
    about = [one for one in early if one.notice and _tells_of(one.notice, incident.ticket)]
    for one in about:
        yield one.at, f"notice '{one.sending.notice}' was sent before {incident.ticket} was detected"
    reports = [one for one in sent if one.sending.audience == "regulator"]
    if incident.reported_to_regulator and reports and all(one in early for one in reports):
        last = max(reports, key=lambda one: one.sending.sent_at)
        if last not in about:
            message = f"{incident.ticket} was reported to a regulator, but the last notice to one was sent before it was detected"
            yield last.at, message


def _tells_of(notice: Record[Notice], ticket: str) -> bool:
    stated = notice.value
    return (stated is not None and ticket in stated.tickets) or names(notice.source.text, ticket)


RULE = Rule(__name__, check, guards=("notice", "send-log", "incident"), since=date(2026, 11, 24))
