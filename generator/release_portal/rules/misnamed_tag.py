"""A tag object stands under another name than the one it was made with.

## Why it matters
A signature covers the tag object, name included. Somebody can put the signed tag of one version under
the name of another, and `git verify-tag` still says that the signature is good.

## How to fix
Delete the reference and tag the right commit under its own name.

## Controls
SOC 2 CC8.1.
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import taggings


def check(portal: Portal) -> Problems:
    """Compare the name inside each annotated tag with its reference."""
    for one in taggings(portal):
        if one.actual and not one.actual.tag.named_truly:
            tag = one.actual.tag
            message = f"tag '{tag.name}' holds the tag object of '{tag.declared}'"
            yield Problem(one.location, message, "delete it and tag the right commit", one.release.version)


RULE = Rule(__name__, check, guards=("deployments",))
