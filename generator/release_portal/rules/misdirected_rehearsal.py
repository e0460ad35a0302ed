"""The rollback was rehearsed from or to another version than it would have to go, or in production itself.

## Why it matters
A way back is tried for the night on which it is needed: from this release to the one that ran before it. A rehearsal
between two other versions says nothing of migrations that only this one makes. A rehearsal in production is no rehearsal.

What ran before is the release whose deployment to production had ended last when this one's began. Where the records
name none, only `from_version` is judged.

## How to fix
Rehearse the way back from this version to the one before, outside production, and record it. If only the record is
wrong, correct it and have it signed again. Where a hotfix was deployed since, rehearse anew: the way back leads to it.

## Controls
- PCI DSS 6.5.1: procedures to return to a secure state are in place.
- ISO 27001 A.8.32: there is a tried way back.
"""

import re
from collections.abc import Iterator
from datetime import date

from release_portal.portal import Portal
from release_portal.records.rollback_rehearsal import RollbackRehearsal
from release_portal.release import Release
from release_portal.rules._production import Before, before
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

_PRODUCTION = re.compile(r"(?i)^\W*(live\b|prod(uction)?\b(?!-))")


def check(portal: Portal) -> Problems:
    """Compare versions and environment of every rehearsal with what a rollback would do."""
    earlier = before(portal)
    for release, record in portal.all(RollbackRehearsal):
        if record.value:
            for key, message, hint in _faults(release, record.value, earlier.get(release.version)):
                at = record.source.locate(key)
                if severity := by_stage(portal, release, at):
                    yield Problem(at, message, hint, release.version, severity)


def _faults(release: Release, one: RollbackRehearsal, last: Before | None) -> Iterator[tuple[str, str, str]]:
    if one.from_version != release.version:
        message = f"the rollback was rehearsed from {one.from_version}, and the release is {release.version}"
        yield "from_version", message, "rehearse the way back from this version"
    if last and one.to_version not in last.versions:
        message = f"the rollback was rehearsed to {one.to_version}, and production ran {last.release.version} before"
        yield "to_version", message, f"rehearse the way back to {last.release.version}"
    if _PRODUCTION.search(one.environment):
        yield "environment", "the rollback was rehearsed in production", "rehearse it before, elsewhere"


RULE = Rule(__name__, check, guards=("rollback-rehearsal",), since=date(2026, 11, 30))
