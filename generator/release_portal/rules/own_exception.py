"""An exception was approved by its owner.

## Why it matters
The owner of an exception has an interest in it. Accepting the risk is for somebody who answers for the risk, not
for the work that it saves.

## How to fix
Have the exception approved by somebody else, and record who and when.

## Controls
- SOC 2 CC8.1: changes are approved by somebody else than the person who implements them.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: who asks for a change does not authorise it.
"""

from release_portal.portal import Portal
from release_portal.records.exceptions import Exceptions
from release_portal.rules._people import is_same
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare owner and approver of every exception."""
    for release, record in portal.all(Exceptions):
        for index, one in enumerate(record.value.exceptions if record.value else ()):
            at = record.source.locate("exceptions", index, "approved_by")
            severity = by_stage(portal, release, at)
            if is_same(portal.roster, one.owner, one.approved_by) and severity:
                message = f"{portal.roster.name(one.owner)} owns exception {one.id} and approved it"
                yield Problem(at, message, "have it approved by somebody else", release.version, severity)


RULE = Rule(__name__, check, guards=("exceptions",))
