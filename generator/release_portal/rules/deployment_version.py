"""A deployment or a dashboard of a release is of another version.

## Why it matters
The deployment records say what runs in production, and the dashboards are read as showing it. Under a wrong version
both speak of a release that this one is not.

## How to fix
Correct the version. If another version was deployed, that is a release of its own; find out how it got there. A
deployment of an older version is right as the way back, after a run of this release in the same region that failed or
was rolled back. Staging is not judged: release candidates run there.

## Controls
- SOC 2 CC8.1: what is implemented is what was approved.
- PCAOB AS 1105: a listing is complete and accurate.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.dashboards import Dashboards
from release_portal.rules._rule import Problem, Problems, Rule, by_stage
from release_portal.rules._runs import Run, production_runs


def check(portal: Portal) -> Problems:
    """Compare the version of every deployment to production, and of every dashboard, with the release's."""
    for release in portal.releases:
        ran = production_runs(release)
        for run in ran:
            version, region = run.deployment.version, run.deployment.region
            if version != release.version and not _is_way_back(run, ran, release.version):
                message = f"{version} was deployed to {region}, but this is release {release.version}"
                hint = "correct the version, or find out why it was deployed"
                yield Problem(run.at("version"), message, hint, release.version, Severity.ERROR)
        for record in release.all(Dashboards):
            for index, board in enumerate(record.value.dashboards if record.value else ()):
                at = record.source.locate("dashboards", index, "version")
                severity = by_stage(portal, release, at)
                if board.version != release.version and severity:
                    message = f"dashboard '{board.name}' shows {board.version}, not {release.version}"
                    hint = "make it show the new version, and note when"
                    yield Problem(at, message, hint, release.version, severity)


def _is_way_back(run: Run, ran: tuple[Run, ...], version: str) -> bool:
    """Whether a run followed one of the release's own in its region that failed or was rolled back."""
    return any(
        one.deployment.version == version
        and one.deployment.region == run.deployment.region
        and one.deployment.outcome != "succeeded"
        and one.deployment.started_at < run.deployment.started_at
        for one in ran
    )


RULE = Rule(__name__, check, guards=("deployments", "dashboards"))
