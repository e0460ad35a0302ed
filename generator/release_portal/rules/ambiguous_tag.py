"""Several tags of a product repository spell one version.

## Why it matters
`v2.4.0` and `2.4.0` can point at different commits; which of them was approved is anybody's guess.

## How to fix
Keep the tag that the repository's pattern in mkdocs.yml gives, and delete the others.

## Controls
SOC 2 CC8.1.
"""

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule

_CONFIG = Location("mkdocs.yml")


def check(portal: Portal) -> Problems:
    """Report every group of tags that one version could be read from."""
    for product in portal.git.checked:
        for group in product.history.released.ambiguous:
            names = ", ".join(f"'{tag.name}'" for tag in group)
            message = f"tags {names} of {product.repository.name} spell one version"
            yield Problem(_CONFIG, message, f"keep the one that fits {product.repository.tag_pattern}")


RULE = Rule(__name__, check, guards=("deployments",))
