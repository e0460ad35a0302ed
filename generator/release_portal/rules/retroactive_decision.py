"""A decision on going live is said to have come afterwards, and the release may not be decided on afterwards.

## Why it matters
`retroactive: true` excuses what came after the decision: reviews, records, the deployment itself. It is the way of an
emergency. On any other release it takes the order away that makes the decision a gate.

Only a hotfix may be decided on afterwards: `type: hotfix` with an `emergency` in release.yaml.

## How to fix
Take `retroactive` out of the decision. If the release was an emergency, say so in release.yaml: its type, and who
authorised it before the deployment.

## Controls
- SOC 2 CC8.1: changes are approved before they are implemented; emergency changes are flagged as such.
- ISO 27001 A.8.32: changes are authorised before they are deployed.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.go_no_go import GoNoGo
from release_portal.rules._emergency import emergency
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for retroactive decisions of releases that followed no emergency."""
    for release, record in portal.all(GoNoGo):
        facts, decision = release.facts, record.value
        if facts and decision and decision.retroactive and not emergency(release):
            at = record.source.locate_key("retroactive")
            hotfix = facts.type == "hotfix"
            what = "a hotfix without an `emergency`" if hotfix else f"a {facts.type} release"
            message = f"{what} is not decided on afterwards"
            hint = "take `retroactive` out; only a hotfix with an `emergency` has it"
            yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, guards=("go-no-go",), since=date(2026, 11, 24))
