"""What a package is of: one release, or every release that reached production in a period."""

from dataclasses import dataclass
from datetime import date

from release_portal.failure import Misconfigured
from release_portal.portal import Portal
from release_portal.records.deployments import Deployments
from release_portal.release import Release
from release_portal.wording import nearest


@dataclass(frozen=True, slots=True)
class Selection:
    """Some releases, from newest to oldest; `name` is that of the package, `subject` says in words what it is of."""

    releases: tuple[Release, ...]
    name: str
    subject: str


def of_version(portal: Portal, version: str) -> Selection:
    """One release.

    Raises:
        Misconfigured: there is none of that version.

    """
    release = portal.release(version)
    if release is None:
        known = [one.version for one in portal.releases]
        raise Misconfigured(f"there is no release '{version}'", nearest(version, known))
    return Selection((release,), f"audit-package-{version}", f"Release {version}")


def of_period(portal: Portal, since: date, until: date) -> Selection:
    """Every release with a deployment to production on one of the days, both included, withdrawn ones too.

    Raises:
        Misconfigured: there is none, or the days are the wrong way round.

    """
    if until < since:
        raise Misconfigured(
            f"the period ends on {until}, before it begins", "put the earlier day into --since"
        )
    found = tuple(one for one in portal.releases if _deployed_within(one, since, until))
    if not found:
        raise Misconfigured(f"nothing was deployed to production from {since} to {until}", "widen the period")
    name = f"audit-package-{since}-to-{until}"
    return Selection(found, name, f"Every release deployed to production from {since} to {until}")


def _deployed_within(release: Release, since: date, until: date) -> bool:
    """Whether a deployment began on one of the days, in the zone in which it is recorded."""
    return any(
        one.environment == "production" and since <= one.started_at.date() <= until
        for record in release.all(Deployments)
        for one in (record.value.deployments if record.value else ())
    )
