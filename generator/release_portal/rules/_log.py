"""The change log of a release, with the places of its fields."""

from dataclasses import dataclass

from release_portal.finding import Location
from release_portal.records._record import Record
from release_portal.records.changes import Change, Changes
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: what it is and where it is written down."""

    change: Change
    record: Record[Changes]
    index: int

    def at(self, key: str) -> Location:
        """Place of one of its fields."""
        return self.record.source.locate("changes", self.index, key)


def entries(release: Release) -> tuple[Entry, ...]:
    """Every change of a release; none where the change log is missing or has errors."""
    record = release.one(Changes)
    if record is None or record.value is None:
        return ()
    return tuple(Entry(one, record, index) for index, one in enumerate(record.value.changes))
