"""A record that the go/no-go decision needs was first committed after the decision.

## Why it matters
The board decides on what lies before it. A plan or a test report that was written afterwards was not looked at, and
the decision rests on less than its minutes say.

## How to fix
Nothing mends it: the decision was taken without the record. Have the board look at it and decide anew; its minutes
then name the new instant in `held_at`. Hotfixes with an `emergency`, and decisions marked `retroactive`, are not
concerned. Records that the release does not need are a warning.

## Controls
SOC 2 CC8.1 (approval before implementation), PCI DSS 6.5.1.
"""

from collections.abc import Iterator
from typing import Any

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import State
from release_portal.records._record import Record
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import Release
from release_portal.rules._emergency import emergency
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._timing import TOLERANCE, first_committed_after, is_needed


def check(portal: Portal) -> Problems:
    """Compare the first commit of each record up to the decision's phase with the decision."""
    for release, decision in portal.all(GoNoGo) if portal.git.history else ():
        if decision.value is None or decision.value.retroactive or emergency(release):
            continue
        held = decision.value.held_at
        records = (one for one in _before(portal, release) if one.type.shape is not GoNoGo)
        for record, commit in first_committed_after(portal, records, held + TOLERANCE):
            at = commit.committer.at
            message = f"first committed in {commit.id[:12]} at {moment(at) if at else '?'}, after the go/no-go decision"
            severity = Severity.ERROR if is_needed(portal, release, record) else Severity.WARNING
            hint = f"the decision: {moment(held)}, {decision.source.locate('held_at')}"
            yield Problem(record.source.locate(), message, hint, release.version, severity)


def _before(portal: Portal, release: Release) -> Iterator[Record[Any]]:
    """The records of the deliverables of phases up to the decision's, each once."""
    home = portal.process_of(release).home("go-no-go")
    found = {
        record.path: record
        for phase in portal.progress[release.version].phases
        for item in phase.deliverables
        for record in item.records
        if home and phase.phase.number <= home.number and item.state is not State.NOT_APPLICABLE
    }
    yield from found.values()


RULE = Rule(__name__, check)
