"""Which release production runs, since when, and which one comes next, as the records tell it."""

from dataclasses import dataclass
from datetime import datetime

from release_portal.portal import Portal
from release_portal.records.deployments import Deployment, Deployments
from release_portal.release import CLOSED, WITHDRAWN, Release


@dataclass(frozen=True, slots=True)
class Running:
    """A release in production, and the deployment that brought it there last."""

    release: Release
    deployment: Deployment

    @property
    def since(self) -> datetime:
        """When that deployment ended."""
        return self.deployment.finished_at


@dataclass(frozen=True, slots=True)
class Deployed:
    """How a release came to production, by its runs there that succeeded.

    `first` is when the first of them ended, and so when production first ran the release; `last` is when the
    last region had it. `stated` are whom the runs name as their approvers: a statement, which nothing proves.
    """

    first: datetime
    last: datetime
    regions: tuple[str, ...]
    deployers: tuple[str, ...]
    stated: tuple[str, ...]


def deployed(portal: Portal, release: Release) -> Deployed | None:
    """Give how a release came to production, up to the portal's instant; None where it is not there yet."""
    record = release.one(Deployments)
    every = record.value.deployments if record and record.value else ()
    past = (one for one in every if one.environment == "production" and portal.clock.reached(one.finished_at))
    runs = [one for one in past if one.outcome == "succeeded"]
    if not runs:
        return None
    return Deployed(
        min(one.finished_at for one in runs),
        max(one.finished_at for one in runs),
        tuple(dict.fromkeys(one.region for one in runs)),
        tuple(dict.fromkeys(one.deployed_by for one in runs)),
        tuple(dict.fromkeys(one.approved_by for one in runs)),
    )


def in_production(portal: Portal) -> Running | None:
    """Give the release that was deployed to production last; none where the records name none.

    A release that was withdrawn, or whose last deployment failed or was rolled back, is not running.
    """
    running = [one for release in portal.releases if (one := _running(portal, release))]
    return max(running, key=lambda one: one.since, default=None)


def next_after(portal: Portal) -> Release | None:
    """Give the oldest release that is newer than the one in production and not closed or withdrawn.

    Its release.yaml may have errors, or not be filled in yet: the phase that it states counts all the same.
    """
    running = in_production(portal)
    least = running.release.precedence() if running else None
    ahead = (one for one in portal.releases if least is None or one.precedence() > least)
    waiting = [one for one in ahead if one.phase not in {CLOSED, WITHDRAWN, ""}]
    return min(waiting, key=Release.precedence, default=None)


def latest(portal: Portal) -> Release | None:
    """Give the newest release, by its version, that production has run; a withdrawn one does not count."""
    ran = (one for one in portal.releases if _running(portal, one))
    return max(ran, key=Release.precedence, default=None)


def last_run(portal: Portal, release: Release) -> Deployment | None:
    """Give a release's last deployment to production so far, however it went."""
    record = release.one(Deployments)
    runs = record.value.deployments if record and record.value else ()
    past = (one for one in runs if one.environment == "production" and portal.clock.reached(one.finished_at))
    return max(past, key=lambda one: one.finished_at, default=None)


def _running(portal: Portal, release: Release) -> Running | None:
    if release.facts and release.facts.phase == WITHDRAWN:
        return None
    last = last_run(portal, release)
    return Running(release, last) if last and last.outcome == "succeeded" else None
