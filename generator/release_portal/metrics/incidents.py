"""Incidents and the release that each is counted against: what production ran when it began.

The record of an incident often stands with the release that mended it. The release that it began under is
another one, and nothing but this tells it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from release_portal.metrics._rollouts import Rollout, first_reached, rollouts, running_at
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.incident import Incident
from release_portal.release import Release

Filed = tuple[Release, Record[Incident]]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An incident: `under` is the release that production ran when it began, `filed` the one whose record tells it."""

    under: Release
    filed: Release
    record: Record[Incident]
    value: Incident

    @property
    def elsewhere(self) -> bool:
        """Whether its record stands in another release's folder."""
        return self.filed is not self.under


def occurrences(found: tuple[Rollout, ...], told: Iterable[Filed]) -> Iterator[Occurrence]:
    """Those incidents that began while production ran a release, in their order; `found` are all rollouts."""
    for filed, record in told:
        value = record.value
        rollout = running_at(found, value.started_at) if value else None
        if value and rollout:
            yield Occurrence(rollout.release, filed, record, value)


def under(portal: Portal, release: Release) -> tuple[Occurrence, ...]:
    """The incidents that began while production ran a release, from the first to the last.

    Pages of every release ask this, so rollouts are gone through only for incidents whose time fits.
    """
    reached = first_reached(portal, release)
    told = list(portal.all(Incident)) if reached else []
    since = [pair for pair in told if reached and pair[1].value and pair[1].value.started_at >= reached]
    if not reached or not since:
        return ()
    later = (at for one in portal.releases if (at := first_reached(portal, one)) and at > reached)
    end = min(later, default=None)
    fitting = [pair for pair in since if end is None or (pair[1].value and pair[1].value.started_at < end)]
    if not fitting:
        return ()
    mine = (one for one in occurrences(rollouts(portal), fitting) if one.under is release)
    return tuple(sorted(mine, key=lambda one: (one.value.started_at, one.value.ticket)))
