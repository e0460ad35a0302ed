"""A tag points at another commit than the one that was recorded.

## Why it matters
A tag that was moved or made again names other content than what was approved under it.

## How to fix
Find out who moved it and why. Put the tag back to the recorded commit; a changed content needs a new
version, with approvals of its own.

## Controls
SOC 2 CC8.1; SLSA source track: protected tags are not moved.
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import stands_for, taggings


def check(portal: Portal) -> Problems:
    """Compare each tag's fully peeled target with the recorded commit."""
    for one in taggings(portal):
        if one.recorded is None:
            continue
        tag = next((tag for tag in one.product.history.tags if tag.name == one.recorded.name), None)
        if tag and tag.target != one.recorded.commit:
            moved = f"tag '{tag.name}' points at {tag.target[:12]}, recorded is {one.recorded.commit[:12]}"
            message = moved if tag.target_type == "commit" else stands_for(tag)
            yield Problem(
                one.location, message, "put the tag back, or release a new version", one.release.version
            )


RULE = Rule(__name__, check, guards=("deployments",))
