"""A package states another digest than its records have now.

## Why it matters
A package is one digest over everything that a decision, or an audit, rests on. A record that changed after the package
was assembled is not the one that was approved, or that was archived.

The release package covers the phases before approval, the audit package those before monitoring.

## How to fix
Look at what changed. If it is right, put the digest that `release-portal digest VERSION` prints into the package, and
have the package signed again. If it is not, take the change back.

## Controls
- SOC 2 CC8.1: what was approved is what is implemented.
- 21 CFR Part 11, 11.10(e): changes do not obscure earlier values.
- PCAOB AS 1105: evidence is complete and accurate.
"""

from release_portal.portal import Portal
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule

PACKAGES = ("release-package", "audit-package")


def check(portal: Portal) -> Problems:
    """Compare what every package states with the records of the phases before its own, as they stand."""
    for release in portal.releases:
        for name in PACKAGES:
            severity = owed(portal, release, name)
            for record in release.named(name) if severity else ():
                folders = portal.process_of(release).folders_before(name)
                actual = release.package_digest(folders)
                if folders and record.value and record.value.digest != actual:
                    at = record.source.locate("digest")
                    message = f"{name} states another digest than {folders[0]} to {folders[-1]} have"
                    yield Problem(at, message, f"they have {actual}", release.version, severity)


RULE = Rule(__name__, check, guards=PACKAGES)
