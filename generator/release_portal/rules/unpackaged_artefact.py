"""What was deployed to production is not in the signed-off release package.

## Why it matters
The go decision is about the artefacts of the package. One with another digest is another one: nobody tested it, and
nobody decided on it.

## How to fix
Correct the digest that is wrong: `artefact` in `deployments.yaml`, or the package's `artefacts`, which is then signed
again. If something else was deployed than was approved, find out how, and record it as an incident.

## Controls
- SOC 2 CC8.1: what is implemented is what was tested and approved.
- PCI DSS 6.5.1: each change has a documented approval.
"""

from release_portal.portal import Portal
from release_portal.records.release_package import ReleasePackage
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Look up the digest of what was deployed among those of the package."""
    for release, package in portal.all(ReleasePackage):
        packed = {one.sha256 for one in package.value.artefacts} if package.value else set()
        for run in production_runs(release):
            one = run.deployment
            if one.version == release.version and one.artefact and one.artefact not in packed:
                message = f"what was deployed to {one.region} is in no artefact of the release package"
                hint = f"the package: {package.source.locate_key('artefacts')}"
                yield Problem(run.at("artefact"), message, hint, release.version)


RULE = Rule(__name__, check, guards=("release-package", "deployments"))
