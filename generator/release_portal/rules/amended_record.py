"""A record changed after its release was closed.

## Why it matters
A closed release is evidence. What changes in it afterwards changes what an auditor sees of the past.

After the closure is whatever the commit that closed the release does not hold. A commit that states an earlier
time is told all the same, and so is a change that nobody committed yet. A release that was opened and closed again
stays amended: that is on record.

## How to fix
If the change was not meant, take it back. The action log may go on after closure, as actions are done;
other amendments are explained in the commit that made them. Close a release from a branch that is up to date:
what reaches the main branch beside the closing commit counts as later.

## Controls
SOC 2 CC8.1; ISO 27001 A.5.33 (protection of records).
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.release import CLOSED, Release
from release_portal.rules._authors import author
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._timing import amended, first_committed_after_closure, uncommitted

_LIVING = {"actions", "exceptions", "seal"}


def check(portal: Portal) -> Problems:
    """Look for what a closing commit does not hold. Action logs and exceptions live on."""
    own = portal.git.history
    for release in portal.releases if own else ():
        # Without a closing commit the release is being closed right now, with whatever is not committed yet.
        if release.phase == CLOSED and own and own.closings.get(release.folder):
            yield from _problems(portal, release)


def _problems(portal: Portal, release: Release) -> Iterator[Problem]:
    new = {(record.path, commit.id) for record, commit in first_committed_after_closure(portal, release)}
    for record, commit in amended(portal, release):
        if record.type.name not in _LIVING and (record.path, commit.id) not in new:
            message = f"changed after closure, in {commit.id[:12]} by {author(portal, commit)}"
            hint = f"git show {commit.id[:12]} -- {record.path}"
            yield Problem(record.source.locate(), message, hint, release.version)
    for record in uncommitted(portal, release):
        if record.type.name not in _LIVING:
            message = f"changed after closure of {release.version}, not committed"
            hint = f"git checkout HEAD -- {record.path}, or take the file away if it is new"
            yield Problem(record.source.locate(), message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING)
