"""Failures of rollouts: what went wrong in production, since when, and when it was mended."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from release_portal.metrics._rollouts import Rollout, rollouts, running_at
from release_portal.metrics.incidents import occurrences
from release_portal.portal import Portal
from release_portal.records.incident import Incident


@dataclass(frozen=True, slots=True)
class Failure:
    """One failure of the release `version`. `recovered` is None where the records do not tell it."""

    version: str
    what: str
    began: datetime | None = None
    recovered: datetime | None = None

    @property
    def length(self) -> timedelta | None:
        """From its begin to the recovery; None where one of them is not known, or they run backwards."""
        if self.began is None or self.recovered is None or self.recovered < self.began:
            return None
        return self.recovered - self.began


def failures(portal: Portal) -> tuple[Failure, ...]:
    """Every failure on record, from the first to the last; a hotfix is one only where no incident tells of it."""
    found = rollouts(portal)
    told = [*_runs(found), *_incidents(portal, found)]
    known = {one.version for one in told}
    told += [one for one in _hotfixes(found) if one.version not in known]
    return tuple(sorted(told, key=lambda one: (one.began or portal.as_of, one.version, one.what)))


def _runs(found: tuple[Rollout, ...]) -> Iterator[Failure]:
    """Runs that failed or were rolled back; the next run to that region that succeeds mends them."""
    every = [(rollout, run) for rollout in found for run in rollout.runs]
    for rollout, run in every:
        if run.outcome == "succeeded":
            continue
        mended = [
            later.finished_at
            for _, later in every
            if later.region == run.region
            and later.outcome == "succeeded"
            and later.started_at >= run.finished_at
        ]
        word = run.outcome.replace("-", " ")
        yield Failure(
            rollout.version, f"run to {run.region} {word}", run.finished_at, min(mended, default=None)
        )


def _incidents(portal: Portal, found: tuple[Rollout, ...]) -> Iterator[Failure]:
    """Incidents, each of the release that production ran when it began, in whichever release it is filed."""
    for one in occurrences(found, portal.all(Incident)):
        recovered = one.value.resolved_at if portal.clock.reached(one.value.resolved_at) else None
        yield Failure(one.under.version, one.value.ticket, one.value.started_at, recovered)


def _hotfixes(found: tuple[Rollout, ...]) -> Iterator[Failure]:
    """A hotfix says that what ran before it had to be mended; since when, it does not say."""
    for rollout in found:
        mended = running_at(found, rollout.started, but=rollout.version) if rollout.hotfix else None
        if mended:
            yield Failure(mended.version, f"hotfix {rollout.version}")
