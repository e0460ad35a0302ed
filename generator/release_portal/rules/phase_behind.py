"""A release is deployed or tagged, but its phase says that it has not come so far.

## Why it matters
What a phase asks for is an error once it has passed, and only a warning before. A release that runs in production and
is kept in an early phase, or put back to one, owes nothing that anybody is told of.

## How to fix
Set `phase` in release.yaml to the phase that deploys, or to a later one, and complete what is then due. A hotfix with
an emergency may be filled in after its deployment; its own time limit holds.

## Controls
- SOC 2 CC8.1: changes are approved before they are implemented.
- ISO 27001 A.8.32: changes follow the procedure.
"""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.release import Release
from release_portal.rules._emergency import emergency
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Look for a run to production, and for a release tag, of each release before the phase that deploys."""
    for release in portal.releases:
        process = portal.process_of(release)
        phase, home = process.phase(release.phase), process.home("deployments")
        if not phase or not home or phase.number >= home.number or emergency(release):
            continue
        signs = [*_deployed(portal, release), *_tagged(portal, release)]
        if signs:
            at = release.named("release")[0].source.locate("phase")
            message = f"phase is '{phase.slug}', but {signs[0]}"
            hint = f"set it to '{home.slug}' or later; what comes before is due by then"
            yield Problem(at, message, hint, release.version)


def _deployed(portal: Portal, release: Release) -> Iterator[str]:
    """The runs to production that have begun, in words."""
    for run in production_runs(release):
        if portal.clock.reached(run.deployment.started_at):
            yield f"{release.version} was deployed to production on {moment(run.deployment.started_at)}"


def _tagged(portal: Portal, release: Release) -> Iterator[str]:
    """The tags of the version in product repositories, in words."""
    for product in portal.git.checked:
        found = product.history.released.of(release.version)
        made = found.tag.tagger.at if found and found.tag.tagger else None
        if found and not (made and not portal.clock.reached(made)):
            yield f"{product.repository.name} has its tag '{found.tag.name}'"


RULE = Rule(__name__, check, guards=("release", "deployments"))
