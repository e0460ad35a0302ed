"""A release's folder has no release.yaml.

## Why it matters
Without it nobody can tell in which phase the release is, so nothing about it can be judged.

## How to fix
`release-portal new VERSION` writes it. Or copy it from the release before and change it.
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for release.yaml in every release's folder."""
    for release in portal.releases:
        if not release.named("release"):
            hint = f"run `release-portal new {release.version}`"
            yield Problem(
                release.location, f"release {release.version} has no release.yaml", hint, release.version
            )


RULE = Rule(__name__, check, guards=("release",))
