"""A package states another digest than its records have now.

## Why it matters
A package is one digest over everything that a decision, or an audit, rests on. A record that changed after the package
was assembled is not the one that was approved, or that was archived.

The release package covers the phases before approval, the audit package those before monitoring. The hint names the
records that changed after they were signed: look at them first, as a package follows what it covers.

## How to fix
Look at what changed. If it is right, put the content digest that `release-portal digest VERSION PACKAGE` prints into the package, and
have the package signed again. If it is not, take the change back.

## Controls
- SOC 2 CC8.1: what was approved is what is implemented.
- 21 CFR Part 11, 11.10(e): changes do not obscure earlier values.
- PCAOB AS 1105: evidence is complete and accurate.
"""

from release_portal.portal import Portal
from release_portal.progress import is_stale
from release_portal.release import Release
from release_portal.rules._owed import owed
from release_portal.rules._phrases import listed
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
                    hint = f"they have {actual}{_cause(release, folders)}"
                    yield Problem(at, message, hint, release.version, severity)


def _cause(release: Release, folders: tuple[str, ...]) -> str:
    """What in some folders changed after it was signed, as the end of a hint."""
    stale = dict.fromkeys(one.subject for one in release.signoffs if one.value and is_stale(one))
    inside = [
        name
        for name in stale
        if any(release.relative(one).split("/")[0] in folders for one in release.subjects(name))
    ]
    return f"; look first at {listed(inside)}: changed after the sign-off" if inside else ""


RULE = Rule(__name__, check, guards=PACKAGES)
