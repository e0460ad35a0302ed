"""A record lists an evidence file that is not there.

## Why it matters
Evidence that cannot be opened proves nothing, and links to a CI system rot: artefacts expire within
weeks, audits come years later.

## How to fix
Copy the file to the release's `evidence/` folder and commit it, or correct the path.
"""

from release_portal.portal import Portal
from release_portal.records._walk import evidence_of, listed_paths
from release_portal.release import Release
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import alike

_NEAR = 0.75  # as much of two names as is alike where one is the other misspelt


def check(portal: Portal) -> Problems:
    """Look for the file of every piece of evidence."""
    for release in portal.releases:
        for record in release.records:
            for route, evidence in evidence_of(record):
                if evidence.path and evidence.path not in release.evidence:
                    hint = _misspelt(release, evidence.path) or f"copy the file to {release.folder}/evidence/"
                    at = record.source.locate(*route, "path")
                    yield Problem(
                        at, f"evidence file '{evidence.path}' does not exist", hint, release.version
                    )


def _misspelt(release: Release, path: str) -> str:
    """The file that may be meant: one of much the same name that no record lists."""
    listed = {one for record in release.records for one in listed_paths(record)}
    names = {one.rpartition("/")[2]: one for one in release.evidence if one not in listed}
    near = alike(path.rpartition("/")[2], names, _NEAR)
    return f"did you mean '{names[near]}'?" if near else ""


RULE = Rule(__name__, check)
