"""The target date of a release is not the one in its scope.

## Why it matters
The scope names the day that the board approved; release.yaml names the day for which everyone plans. Freeze, rota and
notices follow the second, the approval covers the first.

## How to fix
If the day moved, change it in `scope.md` too, and have the scope signed again. Otherwise correct release.yaml.

## Controls
- SOC 2 CC8.1: changes are authorised.
- ISO 27001 A.8.32: changes are authorised and communicated.
"""

from release_portal.portal import Portal
from release_portal.records.scope import Scope
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare both target dates of every release."""
    for release, record in portal.all(Scope):
        facts, scope = release.facts, record.value
        if facts and scope and facts.target_date != scope.target_date:
            at = release.named("release")[0].source.locate("target_date")
            message = f"target date is {facts.target_date}, but the scope says {scope.target_date}"
            hint = f"the scope: {record.source.locate('target_date')}"
            yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, guards=("release", "scope"))
