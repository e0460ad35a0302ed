"""The deployments of a release, with the places of their fields."""

from dataclasses import dataclass
from datetime import datetime

from release_portal.finding import Location
from release_portal.records._record import Record
from release_portal.records.deployments import Deployment, Deployments
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Run:
    """One deployment: what it was and where it is written down."""

    deployment: Deployment
    record: Record[Deployments]
    index: int

    def at(self, key: str) -> Location:
        """Place of one of its fields."""
        return self.record.source.locate("deployments", self.index, key)


def runs(release: Release) -> tuple[Run, ...]:
    """Every deployment of a release, to whatever environment."""
    record = release.one(Deployments)
    if record is None or record.value is None:
        return ()
    return tuple(Run(one, record, index) for index, one in enumerate(record.value.deployments))


def production_runs(release: Release) -> tuple[Run, ...]:
    """The deployments to production, from the first to the last to start."""
    found = [run for run in runs(release) if run.deployment.environment == "production"]
    return tuple(sorted(found, key=lambda run: run.deployment.started_at))


def first_start(release: Release) -> datetime | None:
    """When the first deployment to production began."""
    return next((run.deployment.started_at for run in production_runs(release)), None)


def last_end(release: Release) -> datetime | None:
    """When the last deployment to production ended that brought the release there."""
    ended = [run.deployment for run in production_runs(release) if run.deployment.outcome == "succeeded"]
    return max((one.finished_at for one in ended), default=None)
