"""A release tag is lightweight: it names a commit and says neither who made it nor when.

## Why it matters
An annotated tag is an object of its own with tagger, time and message, and can be signed. A lightweight
one is a mere name that leaves no trace when it moves.

## How to fix
Make it again as an annotated, signed tag of the same commit: `git tag -s -f TAG COMMIT`.

## Controls
SOC 2 CC8.1 (who released what, when).
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import taggings


def check(portal: Portal) -> Problems:
    """Look at the kind of every release's tag."""
    for one in taggings(portal):
        if one.actual and not one.actual.tag.annotated:
            tag = one.actual.tag
            hint = f"git tag -s -f {tag.name} {tag.target[:12]}"
            yield Problem(one.location, f"tag '{tag.name}' is not annotated", hint, one.release.version)


RULE = Rule(__name__, check, guards=("deployments",))
