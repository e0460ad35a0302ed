"""The rollback was rehearsed after the go/no-go decision that rests on it.

## Why it matters
The board decides to go because it knows that the release can come back. A rehearsal that comes later was not known
to it.

## How to fix
Correct the time if it is wrong. Otherwise the board decides again, with the result before it. A hotfix that was
decided on after its deployment is not concerned.

## Controls
- PCI DSS 6.5.1: procedures to return to a secure state are in place before the change.
- ISO 27001 A.8.32: there is a tried way back.
"""

from release_portal.portal import Portal
from release_portal.records.go_no_go import GoNoGo
from release_portal.records.rollback_rehearsal import RollbackRehearsal
from release_portal.rules._emergency import emergency, unstated
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the instants of rehearsal and decision."""
    for release, record in portal.all(RollbackRehearsal):
        decision, at = release.one(GoNoGo), record.source.locate("rehearsed_at")
        severity = by_stage(portal, release, at)
        if record.value is None or decision is None or decision.value is None or severity is None:
            continue
        excused = unstated(release) or (emergency(release) and decision.value.retroactive)
        if record.value.rehearsed_at >= decision.value.held_at and not excused:
            message = "the rollback was rehearsed after the go/no-go decision"
            hint = f"the decision: {moment(decision.value.held_at)}, {decision.source.locate('held_at')}"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("rollback-rehearsal",))
