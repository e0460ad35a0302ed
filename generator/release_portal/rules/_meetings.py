"""The two meetings of the board that a release needs: on its scope, and on going live."""

from collections.abc import Iterator

from release_portal.records._record import Record
from release_portal.records.cab_minutes import CabMinutes
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import Release


def meetings(release: Release) -> Iterator[tuple[Record[CabMinutes] | Record[GoNoGo], CabMinutes | GoNoGo]]:
    """The minutes of both meetings, with what they say."""
    for minutes in release.all(CabMinutes):
        if minutes.value:
            yield minutes, minutes.value
    for decision in release.all(GoNoGo):
        if decision.value:
            yield decision, decision.value
