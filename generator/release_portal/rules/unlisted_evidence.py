"""A file in `evidence/` is listed by no record.

## Why it matters
A file that no record names has no digest on record and no meaning; it may also be something that should
not have been committed.

## How to fix
List it under `evidence` of the record that it proves, with its SHA-256, or remove it.
"""

from release_portal.finding import Location, Severity
from release_portal.portal import Portal
from release_portal.records._walk import listed_paths
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Find evidence files that no record lists."""
    for release in portal.releases:
        if any(record.source.data is None for record in release.records):
            continue  # what cannot be read may list it
        listed = {path for record in release.records for path in listed_paths(record)}
        for path, file in release.evidence.items():
            if path not in listed:
                hint = f"list it under `evidence` with sha256 {file.sha256}"
                at = Location(f"{release.folder}/{path}")
                yield Problem(at, f"no record lists '{path}'", hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING)
