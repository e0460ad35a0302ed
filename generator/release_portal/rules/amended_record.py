"""A record changed after its release was closed.

## Why it matters
A closed release is evidence. What changes in it afterwards changes what an auditor sees of the past.

## How to fix
If the change was not meant, take it back. The action log may go on after closure, as actions are done;
other amendments are explained in the commit that made them.

## Controls
SOC 2 CC8.1; ISO 27001 A.5.33 (protection of records).
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._timing import amended

_LIVING = {"actions", "exceptions"}


def check(portal: Portal) -> Problems:
    """Look for commits to a closed release's records after its closure. Action logs and exceptions live on."""
    for release in portal.releases:
        for record, commit in amended(portal, release):
            if record.type.name not in _LIVING:
                message = f"changed after closure, in {commit.id[:12]} by {commit.author.name}"
                hint = f"git show {commit.id[:12]} -- {record.path}"
                yield Problem(record.source.locate(), message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING)
