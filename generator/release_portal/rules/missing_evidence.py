"""A record lists an evidence file that is not there.

## Why it matters
Evidence that cannot be opened proves nothing, and links to a CI system rot: artefacts expire within
weeks, audits come years later.

## How to fix
Copy the file to the release's `evidence/` folder and commit it, or correct the path.
"""

from release_portal.portal import Portal
from release_portal.records._walk import evidence_of
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import meant


def check(portal: Portal) -> Problems:
    """Look for the file of every piece of evidence."""
    for release in portal.releases:
        for record in release.records:
            for route, evidence in evidence_of(record):
                if evidence.path and evidence.path not in release.evidence:
                    hint = meant(evidence.path, list(release.evidence))
                    hint = hint or f"copy the file to {release.folder}/evidence/"
                    at = record.source.locate(*route, "path")
                    yield Problem(
                        at, f"evidence file '{evidence.path}' does not exist", hint, release.version
                    )


RULE = Rule(__name__, check)
