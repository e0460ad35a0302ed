"""A deployment is of a version that has no tag, or of another commit than the tag's.

## Why it matters
What was deployed is then not what was approved, or nobody can tell.

## How to fix
Find out what ran in the pipeline. Correct the record if it is wrong; if the deployment is, it needs an
incident.

## Controls
SOC 2 CC8.1, PCI DSS 6.5.1.
"""

from release_portal.portal import Portal
from release_portal.records.deployments import Deployments
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import aside, is_ambiguous, stands_for, taggings


def check(portal: Portal) -> Problems:
    """Compare production deployments with the tags of git."""
    for one in taggings(portal):
        record = one.release.one(Deployments)
        if record is None or record.value is None:
            continue
        for at, deployment in enumerate(record.value.deployments):
            if deployment.environment != "production":
                continue
            tag = one.product.history.released.of(deployment.version)
            if tag is None and is_ambiguous(one.product, deployment.version):
                continue  # there are several, which a rule of its own tells
            if tag is None:
                place = record.source.locate("deployments", at, "version")
                odd = aside(one.product, deployment.version)
                name = one.product.repository.name
                message = stands_for(odd) if odd else f"{name} has no tag of version {deployment.version}"
                yield Problem(place, message, "push the tag, or correct the version", one.release.version)
            elif tag.tag.target != deployment.commit and len(portal.git.products) == 1:
                place = record.source.locate("deployments", at, "commit")
                message = (
                    f"deployed is {deployment.commit[:12]}, tag '{tag.tag.name}' is {tag.tag.target[:12]}"
                )
                yield Problem(place, message, "find out what was deployed", one.release.version)


RULE = Rule(__name__, check, guards=("deployments",))
