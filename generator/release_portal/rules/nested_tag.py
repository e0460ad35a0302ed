"""A release tag stands for another tag, not for the commit itself.

## Why it matters
A signature covers the tag object, which then names only the next tag. Who made that one, and whether it is signed, the
first says nothing about, and tools that look one step far find no commit.

## How to fix
Delete the tag and make it again upon the commit: `git tag -s NAME COMMIT`, with the commit's id and no tag's name.

## Controls
- SOC 2 CC8.1: what was released can be told.
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import taggings


def check(portal: Portal) -> Problems:
    """Look at what every release's tag object names."""
    for one in taggings(portal):
        if one.actual and one.actual.tag.nested:
            tag = one.actual.tag
            hint = f"delete it, then git tag -s {tag.name} {tag.target[:12]}"
            yield Problem(one.location, f"tag '{tag.name}' stands for another tag", hint, one.release.version)


RULE = Rule(__name__, check, guards=("deployments",))
