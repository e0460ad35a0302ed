"""`/calendar.ics`: target dates, freeze windows, and the days on which actions are due and exceptions end (RFC 5545).

An entry keeps its UID for as long as its release and its own id stay, so that calendars that subscribe to it move it and
never have it twice.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from release_portal.assess import Assessment
from release_portal.exports._export import Export, File, address, authority
from release_portal.pages.registers._cell import spot
from release_portal.portal import Portal
from release_portal.records.actions import Actions
from release_portal.records.exceptions import Exceptions
from release_portal.release import WITHDRAWN, Release

PATH = "calendar.ics"


def files(assessment: Assessment) -> Iterator[File]:
    """Give the calendar."""
    portal = assessment.portal
    calendar = Calendar()
    calendar.add("prodid", "-//release-portal//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", portal.settings.site_name)
    for release in portal.releases:
        for events in (_plans, _actions, _exceptions):
            for event in events(portal, release):
                calendar.add_component(event)
    yield File(PATH, calendar.to_ical().decode())


def _plans(portal: Portal, release: Release) -> Iterator[Event]:
    """The target date, and each freeze window; none of a release that was withdrawn."""
    facts = release.facts
    if facts is None or facts.phase == WITHDRAWN:
        return
    page = f"releases/{release.version}/"
    summary = f"Release {release.version} {facts.title}"
    yield _day(portal, f"{release.version}-target", summary, facts.target_date, page)
    for number, one in enumerate(facts.freeze, start=1):
        summary = f"Freeze for {release.version}: {one.reason}"
        span = _utc(one.from_), _utc(one.until)
        yield _event(portal, f"{release.version}-freeze-{number}", summary, *span, page)


def _actions(portal: Portal, release: Release) -> Iterator[Event]:
    """The day on which each open action is due."""
    for log in release.all(Actions):
        for one in log.value.actions if log.value else ():
            if one.state == "open":
                who = portal.roster.name(one.owner)
                summary = f"Due: {one.id} {one.title} ({release.version}, {who})"
                name = f"{release.version}-action-{one.id}"
                yield _day(portal, name, summary, one.due, spot(release, "actions", one.id))


def _exceptions(portal: Portal, release: Release) -> Iterator[Event]:
    """The last day of each accepted exception; none of a release that was withdrawn."""
    for record in release.all(Exceptions) if release.phase != WITHDRAWN else ():
        for one in record.value.exceptions if record.value else ():
            if one.state == "accepted":
                who = portal.roster.name(one.owner)
                summary = f"Last day: {one.id} {one.title} ({release.version}, {who})"
                name = f"{release.version}-exception-{one.id}"
                yield _day(portal, name, summary, one.expires, spot(release, "exceptions", one.id))


def _day(portal: Portal, name: str, summary: str, day: date, page: str) -> Event:
    """A whole day, in which nobody is busy for that."""
    event = _event(portal, name, summary, day, day + timedelta(days=1), page)
    event.add("transp", "TRANSPARENT")
    return event


def _event(portal: Portal, name: str, summary: str, start: date, end: date, page: str) -> Event:
    """One entry; its page is named where the site's address is known, as there is no relative address in a calendar."""
    event = Event()
    event.add("uid", f"{name}@{authority(portal.settings)}")
    event.add("dtstamp", _utc(portal.as_of))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", summary)
    if portal.settings.site_url:
        event.add("url", address(portal.settings, page))
    return event


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


EXPORT = Export("calendar", files)
