"""The rollback rehearsal failed.

## Why it matters
A release whose way back does not work may not be able to leave production again.

## How to fix
Mend the way back, rehearse it again, and record the rehearsal that passed.

## Controls
- PCI DSS 6.5.1: procedures to return to a secure state are in place.
- ISO 27001 A.8.32: there is a tried way back.
"""

from release_portal.portal import Portal
from release_portal.records.rollback_rehearsal import RollbackRehearsal
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look at the outcome of every rehearsal."""
    for release, record in portal.all(RollbackRehearsal):
        at = record.source.locate("outcome")
        severity = by_stage(portal, release, at)
        if record.value and record.value.outcome == "failed" and severity:
            message = f"the way back to {record.value.to_version} was rehearsed and failed"
            yield Problem(at, message, "mend it, and rehearse it again", release.version, severity)


RULE = Rule(__name__, check, guards=("rollback-rehearsal",))
