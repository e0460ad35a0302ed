"""A product repository has a release tag for which the portal has no record.

## Why it matters
A version that was tagged and never recorded has passed no gate. An auditor who counts tags against
records finds it at once.

## How to fix
Record the release, or delete the tag if nothing of it was deployed. Tags older than the oldest recorded
release, and pre-releases such as 2.5.0-rc.1, need no record of their own.

## Controls
SOC 2 CC8.1 (changes are authorised and documented), ISO 27001 A.8.32.
"""

import semver

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import since

_CONFIG = Location("mkdocs.yml")


def check(portal: Portal) -> Problems:
    """Look for the record of every final release tag since the oldest recorded release."""
    known = {release.version for release in portal.releases}
    first = semver.Version.parse(since(portal))
    for product in portal.git.checked:
        for one in product.history.released.tags:
            made = one.tag.tagger.at if one.tag.tagger else None
            if not one.is_final or one.version in known or (made and not portal.clock.reached(made)):
                continue
            if semver.Version.parse(one.version) > first:
                message = f"tag '{one.tag.name}' of {product.repository.name} has no record"
                hint = (
                    f"record it (release-portal new {one.version}), or remove the tag if nothing was deployed"
                )
                yield Problem(_CONFIG, message, hint)


RULE = Rule(__name__, check, guards=("deployments",))
