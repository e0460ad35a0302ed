"""The version number says something else than the change log: a feature in a patch, or only fixes in a minor.

## Why it matters
Customers plan by version numbers. SemVer promises that a patch only mends and that a minor adds.

## How to fix
Give the release the number that fits its changes. A hotfix that has to bring a feature says why in the
change's note.

## Controls
None: a convention that customers rely on.
"""

import semver

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import taggings


def check(portal: Portal) -> Problems:
    """Compare the bump from the tag before with the kinds of the changes."""
    for one in taggings(portal):
        found = one.product.history.range_of(one.release.version)
        record = one.release.one(Changes)
        if found is None or found.base is None or record is None or record.value is None:
            continue
        before, now = semver.Version.parse(found.base.version), semver.Version.parse(one.release.version)
        adds = any(change.kind != "fix" for change in record.value.changes)
        is_patch = (before.major, before.minor) == (now.major, now.minor)
        at = record.source.locate_key("changes")
        if is_patch and adds:
            message = f"{now} follows {before} as a patch, and the change log has more than fixes"
            yield Problem(at, message, f"a release that adds is {before.bump_minor()}", one.release.version)
        elif not is_patch and now.major == before.major and not adds:
            message = f"{now} follows {before} as a minor, and the change log has only fixes"
            yield Problem(
                at, message, f"a release that only mends is {before.bump_patch()}", one.release.version
            )


RULE = Rule(__name__, check, Severity.WARNING, guards=("changes", "release"))
