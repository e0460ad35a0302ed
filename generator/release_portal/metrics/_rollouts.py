"""Rollouts: a release's way to production, however many regions and attempts it took."""

from dataclasses import dataclass
from datetime import datetime

from release_portal.portal import Portal
from release_portal.records.deployments import Deployment, Deployments
from release_portal.release import Release
from release_portal.rules._runs import production_runs


@dataclass(frozen=True, slots=True)
class Rollout:
    """All runs to production of one release, from the first to the last to start."""

    release: Release
    runs: tuple[Deployment, ...]

    @property
    def version(self) -> str:
        """The release's version."""
        return self.release.version

    @property
    def hotfix(self) -> bool:
        """Whether the release was made to mend the one before it."""
        return self.release.facts is not None and self.release.facts.type == "hotfix"

    @property
    def started(self) -> datetime:
        """When the first run began."""
        return self.runs[0].started_at

    @property
    def reached(self) -> datetime | None:
        """When production first ran the release; None where no run succeeded."""
        return min((one.finished_at for one in self.runs if one.outcome == "succeeded"), default=None)


def rollouts(portal: Portal) -> tuple[Rollout, ...]:
    """Every rollout up to the portal's instant, from the first to the last: runs that had ended by then."""
    found = []
    for release in portal.releases:
        runs = tuple(run.deployment for run in production_runs(release))
        past = tuple(one for one in runs if portal.clock.reached(one.finished_at))
        if past:
            found.append(Rollout(release, past))
    return tuple(sorted(found, key=lambda one: (one.started, one.release.precedence())))


def first_reached(portal: Portal, release: Release) -> datetime | None:
    """When production first ran a release, up to the portal's instant; None where it never did."""
    record = release.one(Deployments)
    runs = record.value.deployments if record and record.value else ()
    ended = (
        one.finished_at for one in runs if one.environment == "production" and one.outcome == "succeeded"
    )
    return min((one for one in ended if portal.clock.reached(one)), default=None)


def unreadable(portal: Portal) -> tuple[str, ...]:
    """Versions whose deployment record is there but not good: whether they went to production is not known."""
    return tuple(
        release.version
        for release in portal.releases
        if any(record.value is None for record in release.named("deployments"))
    )


def running_at(found: tuple[Rollout, ...], instant: datetime, but: str = "") -> Rollout | None:
    """The rollout whose release production had reached last at an instant; `but` is a version passed over."""
    before = [one for one in found if one.version != but and one.reached and one.reached <= instant]
    return max(before, key=lambda one: one.reached or instant, default=None)
