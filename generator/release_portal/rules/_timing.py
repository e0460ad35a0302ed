"""When records came into being, by git: after the decision, the deployment, the closure.

After the closure is a matter of descent: what the commit that closed a release does not hold came after it.
Instants that records name are compared with committers' clocks; `backdated-commit` tells of clocks set back.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from release_portal.git import Commit
from release_portal.portal import Portal
from release_portal.progress._conditions import holds
from release_portal.records._record import Record
from release_portal.records.deployments import Deployments
from release_portal.release import Release

TOLERANCE = timedelta(minutes=10)  # by which clocks may differ
Timed = Iterator[tuple[Record[Any], Commit]]


def retroactive(portal: Portal, release: Release) -> Timed:
    """Records of the phases before deployment that were first committed after it, with that commit."""
    record = release.one(Deployments)
    starts = [
        one.started_at
        for one in (record.value.deployments if record and record.value else ())
        if one.environment == "production"
    ]
    folders = portal.process_of(release).folders_before("deployments")
    if starts:
        early = (one for one in release.records if release.relative(one).split("/")[0] in folders)
        yield from first_committed_after(portal, early, min(starts))


def first_committed_after(portal: Portal, records: Iterable[Record[Any]], instant: datetime) -> Timed:
    """Those of some records that were first committed after an instant, with that commit."""
    own = portal.git.history
    for one in records if own else ():
        history = own.of(one.path) if own else None
        added = history.added if history else None
        at = added.commit.committer.at if added else None
        if added and at and at > instant:
            yield one, added.commit


def amended(portal: Portal, release: Release) -> Timed:
    """Records of a closed release that changed after its closure, each with every such commit."""
    own = portal.git.history
    closings = own.closings.get(release.folder, ()) if own else ()
    for one in release.records if own and closings else ():
        history = own.of(one.path) if own else None
        for change in history.changes if history else ():
            if own and not all(own.ancestry.holds(closing.id, change.commit.id) for closing in closings):
                yield one, change.commit


def first_committed_after_closure(portal: Portal, release: Release) -> Timed:
    """Records that a closed release did not have when it was closed, however often, with their first commit."""
    own = portal.git.history
    closings = own.closings.get(release.folder, ()) if own else ()
    for one in release.records if own and closings else ():
        history = own.of(one.path) if own else None
        added = history.added if history else None
        if own and added and not any(own.ancestry.holds(closing.id, added.commit.id) for closing in closings):
            yield one, added.commit


def uncommitted(portal: Portal, release: Release) -> Iterator[Record[Any]]:
    """Records that are not what HEAD has; those that cannot be read as text cannot be compared."""
    return (one for one in release.records if is_uncommitted(portal, one))


def is_uncommitted(portal: Portal, record: Record[Any]) -> bool:
    """Whether git was asked, and a record is not what HEAD has."""
    own = portal.git.history
    if own is None:
        return False
    history = own.of(record.path)
    tip = history.tip if history else None
    return tip is None or (bool(record.source.text) and not tip.holds(record.source.text.encode()))


def is_needed(portal: Portal, release: Release, record: Record[Any]) -> bool:
    """Whether a deliverable demands a record: not where it is optional and nothing in the release calls for it."""
    for item in portal.process_of(release).deliverables:
        about = {record.type.name, record.name} & set(item.subjects)
        if about and (not item.binding.optional or holds(item.binding.when, release)):
            return True
    return False
