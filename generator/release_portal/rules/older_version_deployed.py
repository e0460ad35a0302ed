"""An older version was deployed to a region in which a newer one already ran.

## Why it matters
What the newer version had corrected is open again there, and the portal shows one version while customers use another.
It may be meant, so this is a warning.

Each region is compared with itself, and only runs that succeeded count. A way back that the newer release records among
its own deployments, after a run that failed or was rolled back, is no fault.

## How to fix
Correct version, region or times if they are wrong. If the newer version had been taken back, say so in its
`deployments.yaml`. Otherwise bring the correction in a version that is newer than what runs.

## Controls
- SOC 2 CC8.1: what is implemented is what was approved.
- PCAOB AS 1105: a listing that serves as a population is accurate.
"""

import semver

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.release import Release
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import Run, production_runs


def check(portal: Portal) -> Problems:
    """Follow what ran in every region, from the first deployment of the portal to the last."""
    running: dict[str, str] = {}
    for release, run in _succeeded(portal):
        one = run.deployment
        before = running.get(one.region)
        if before and one.version == release.version and _order(one.version) < _order(before):
            message = f"{one.version} was deployed to {one.region}, where {before} already ran"
            hint = f"say in the records of {before} that it was taken back, or bring a newer version"
            yield Problem(run.at("version"), message, hint, release.version)
        running[one.region] = one.version


def _succeeded(portal: Portal) -> list[tuple[Release, Run]]:
    """Every deployment to production that succeeded, in the order of their ends."""
    found = [(release, run) for release in portal.releases for run in production_runs(release)]
    ended = [pair for pair in found if pair[1].deployment.outcome == "succeeded"]
    return sorted(ended, key=lambda pair: pair[1].deployment.finished_at)


def _order(version: str) -> semver.Version:
    return semver.Version.parse(version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("deployments",))
