"""Two folders stand for the same version, or a folder and its release.yaml disagree.

## Why it matters
A version names one thing. If two folders claim it, an approval of one can be shown for the other.

## How to fix
Name the folder after the version in its release.yaml. SemVer counts versions that differ only in build
metadata (after a plus sign) as the same.
"""

from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare folder names with versions, and versions with one another."""
    seen: dict[str, str] = {}
    for release in portal.releases:
        record = release.one(Facts)
        stated = record.value.version if record and record.value else release.version
        at = record.source.locate("version") if record else release.location
        if stated != release.version:
            message = f"release.yaml says '{stated}', the folder '{release.version}'"
            yield Problem(at, message, "let both name the same version", release.version)
        plain = stated.partition("+")[0]
        if plain in seen:
            message = f"version '{stated}' is taken by {seen[plain]}"
            yield Problem(at, message, "give one of them another version", release.version)
        seen.setdefault(plain, release.folder)


RULE = Rule(__name__, check, guards=("release",))
