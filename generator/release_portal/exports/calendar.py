"""`/calendar.ics`: target dates and freeze windows, as a calendar that others subscribe to (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from release_portal.assess import Assessment
from release_portal.exports._export import Export, File, address, authority
from release_portal.portal import Portal
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
        for event in _events(portal, release):
            calendar.add_component(event)
    yield File(PATH, calendar.to_ical().decode())


def _events(portal: Portal, release: Release) -> Iterator[Event]:
    facts = release.facts
    if facts is None or facts.phase == WITHDRAWN:
        return
    day = facts.target_date
    yield _event(
        portal, release, "target", f"Release {release.version} {facts.title}", day, day + timedelta(days=1)
    )
    for number, one in enumerate(facts.freeze, start=1):
        summary = f"Freeze for {release.version}: {one.reason}"
        yield _event(portal, release, f"freeze-{number}", summary, _utc(one.from_), _utc(one.until))


def _event(portal: Portal, release: Release, name: str, summary: str, start: date, end: date) -> Event:
    event = Event()
    event.add("uid", f"{release.version}-{name}@{authority(portal.settings)}")
    event.add("dtstamp", _utc(portal.as_of))
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", summary)
    event.add("url", address(portal.settings, f"releases/{release.version}/", PATH))
    return event


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


EXPORT = Export("calendar", files)
