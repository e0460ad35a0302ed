"""A rollback rehearsal was witnessed by the person who performed it.

## Why it matters
The go/no-go decision rests on the rehearsal. A witness who did not hold the keyboard is what makes it more than
the word of the person who did.

## How to fix
Name the person who watched. If nobody did, repeat the rehearsal with a witness.

## Controls
- PCI DSS 6.5.1: procedures to return to a secure state are in place.
- ISO 27001 A.8.32: there is a tried way back.
"""

from release_portal.portal import Portal
from release_portal.records.rollback_rehearsal import RollbackRehearsal
from release_portal.rules._people import is_same
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare performer and witness of every rehearsal."""
    for release, record in portal.all(RollbackRehearsal):
        value, at = record.value, record.source.locate("witnessed_by")
        severity = by_stage(portal, release, at)
        if value and is_same(portal.roster, value.performed_by, value.witnessed_by) and severity:
            message = f"{portal.roster.name(value.performed_by)} performed the rehearsal and witnessed it"
            yield Problem(at, message, "somebody else watches a rehearsal", release.version, severity)


RULE = Rule(__name__, check, guards=("rollback-rehearsal",))
