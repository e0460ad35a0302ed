"""A release that has passed deployment has no tag in its product repository, or does not name it.

## Why it matters
Without the tag nobody can say which content was approved, tested and deployed.

## How to fix
Push the annotated tag, and name it in release.yaml under `tags`, with repository and commit. If CI made
the clone, see that it fetches tags (`fetch-depth: 0`).

## Controls
SOC 2 CC8.1, ISO 27001 A.8.32 (records of changes).
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import aside, is_ambiguous, is_deployed, stands_for, tag_name, taggings


def check(portal: Portal) -> Problems:
    """Compare recorded tags with the tags of git, for releases past deployment."""
    for one in taggings(portal):
        name, version = one.product.repository.name, one.release.version
        if one.recorded and one.recorded.name not in {tag.name for tag in one.product.history.tags}:
            message = f"{name} has no tag '{one.recorded.name}'"
            yield Problem(one.location, message, "push the tag, or correct its name", version)
        elif one.recorded is None and one.actual is None and is_deployed(portal, one.release):
            wanted, odd = tag_name(one.product, version), aside(one.product, version)
            if not is_ambiguous(one.product, version):
                missing = f"release {version} is past deployment and {name} has no tag '{wanted}'"
                message = stands_for(odd) if odd else missing
                yield Problem(one.location, message, f"git tag -s {wanted} COMMIT", version)
        elif one.recorded is None and one.actual and is_deployed(portal, one.release):
            message = f"release.yaml does not name the tag '{one.actual.tag.name}' of {name}"
            hint = f"add it under `tags`, with commit {one.actual.tag.target}"
            yield Problem(one.location, message, hint, version)


RULE = Rule(__name__, check, guards=("deployments",))
