"""Deployment frequency: how often a release goes to production."""

from dataclasses import dataclass
from datetime import UTC, date

from release_portal.metrics._measure import MONTHS, Definition
from release_portal.metrics._rollouts import rollouts, unreadable
from release_portal.portal import Portal

DEFINITION = Definition(
    title="Deployment frequency",
    formula="Releases whose first run to production began in a month. Regions and repeated runs of one release "
    "count once. The mean is taken over the months shown, the current one included.",
    source="deployments.yaml: environment production, started_at.",
    unit="Releases a month; months in UTC, from the first rollout on record, at most the last 12.",
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month, by its first day, and the versions that went to production in it."""

    first: date
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frequency:
    """Rollouts by month; `unknown` are versions whose deployment record cannot be read."""

    months: tuple[Month, ...]
    unknown: tuple[str, ...]

    @property
    def total(self) -> int:
        """Releases in all months."""
        return sum(len(month.versions) for month in self.months)


def measure(portal: Portal) -> Frequency:
    """Count the rollouts of each month."""
    found = [(one.started.astimezone(UTC).date(), one.version) for one in rollouts(portal)]
    months = months_between(min(day for day, _ in found), portal.as_of.date()) if found else ()
    counted = tuple(
        Month(month, tuple(version for day, version in found if day.replace(day=1) == month))
        for month in months[-MONTHS:]
    )
    return Frequency(counted, unreadable(portal))


def months_between(first: date, last: date) -> tuple[date, ...]:
    """First days of the months from that of one day to that of another."""
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(start, end + 1))
