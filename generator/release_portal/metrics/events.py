"""Every dated event of a release, in order of time: what the timeline draws and phase times are made of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from release_portal.finding import Location
from release_portal.metrics._sources import SOURCES, Lane, Told
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.release import Release as Facts
from release_portal.records.signoff import Signoff
from release_portal.release import Release
from release_portal.rules._emergency import emergency
from release_portal.rules._tagging import taggings

# What a sign-off is called on its lane, where an approval needs no word, and in the table.
_SAID = {
    "approve": ("", "signed"),
    "reject": ("Rejected", "rejected"),
    "abstain": ("Abstained", "abstained from"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. `phase` is the slug of the phase whose work it was, empty for none; `location` tells the time.

    `name` are few words for a figure, empty where its lane says it all; `detail` are all of them.
    """

    lane: Lane
    name: str
    detail: str
    at: datetime
    location: Location
    until: datetime | None = None
    day_only: bool = False
    phase: str = ""

    @property
    def end(self) -> datetime:
        """When it was over; an end that lies before the begin is passed over."""
        return max(self.at, self.until or self.at)

    @property
    def when(self) -> str:
        """Its time in UTC, to the minute, or its day; a span with both ends, the day once if it is the same."""
        at = self.at.astimezone(UTC)
        begin = f"{at:%Y-%m-%d}" if self.day_only else f"{at:%Y-%m-%d %H:%M}"
        if self.until is None:
            return begin
        until = self.until.astimezone(UTC)
        return (
            f"{begin} to {until:%H:%M}" if until.date() == at.date() else f"{begin} to {until:%Y-%m-%d %H:%M}"
        )


def events(portal: Portal, release: Release) -> tuple[Event, ...]:
    """Give the events of a release, from the first to the last."""
    found = [
        *_recorded(portal, release),
        *_sign_offs(portal, release),
        *_emergency(release),
        *_tags(portal, release),
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.location, one.name)))


def untold(release: Release) -> tuple[str, ...]:
    """Paths of records that would tell of events, but are not complete or not good enough to."""
    shapes = {shape for shape, *_ in SOURCES}
    records = [*release.records, *(one.record for one in release.signoffs)]
    dumb = [one for one in records if one.value is None and one.type.shape in {*shapes, Signoff}]
    return tuple(release.relative(one) for one in dumb)


def _recorded(portal: Portal, release: Release) -> Iterator[Event]:
    for shape, lane, work, read in SOURCES:
        for record in release.all(shape):
            phase = _phase(portal, release, record.type.name) if work else ""
            for told in read(record.value):
                yield _event(lane, record, told, phase)


def _event(lane: Lane, record: Record[Any], told: Told, phase: str) -> Event:
    return Event(
        lane=lane,
        name=told.name,
        detail=told.detail,
        at=told.at,
        until=told.until,
        day_only=told.day_only,
        phase=phase,
        location=record.source.locate(*told.route),
    )


def _phase(portal: Portal, release: Release, record_type: str) -> str:
    process = portal.process_of(release)
    number = record_type.partition(".")[0]  # of the deliverable that is said not to apply
    home = process.home(record_type) or next(
        (one for one in process.phases if str(one.number) == number), None
    )
    return home.slug if home else ""


def _sign_offs(portal: Portal, release: Release) -> Iterator[Event]:
    for one in release.signoffs:
        if one.value:
            name, said = _SAID[one.value.decision]
            yield Event(
                lane=Lane.SIGN_OFFS,
                name=name,
                detail=f"{portal.roster.name(one.value.by)} {said} {one.subject}",
                at=one.value.at,
                phase=_phase(portal, release, one.subject),
                location=one.record.source.locate("at"),
            )


def _emergency(release: Release) -> Iterator[Event]:
    allowed, record = emergency(release), release.one(Facts)
    if allowed and record:
        at = ("emergency", "authorised_at")
        told = Told(allowed.authorised_at, "Emergency", "Emergency change authorised", at)
        yield _event(Lane.BOARD, record, told, "")


def _tags(portal: Portal, release: Release) -> Iterator[Event]:
    """Annotated tags by the tagger's own time; a lightweight tag has none."""
    for tagging in taggings(replace(portal, releases=(release,))):
        tagger = tagging.actual.tag.tagger if tagging.actual else None
        if tagging.actual and tagger and tagger.at:
            yield Event(
                lane=Lane.DEPLOYMENT,
                name="Tag",
                detail=f"Tag {tagging.actual.tag.name} in {tagging.product.repository.name}",
                at=tagger.at,
                phase=_phase(portal, release, "deployments"),
                location=tagging.location,
            )
