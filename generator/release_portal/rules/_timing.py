"""When records came into being, by git: after the deployment, after the closure."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from release_portal.git import Commit
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.deployments import Deployments
from release_portal.release import Release

_GRACE = timedelta(minutes=30)  # the commit that closes a release comes shortly after the instant it names


def retroactive(portal: Portal, release: Release) -> Iterator[tuple[Record[Any], Commit]]:
    """Records of the phases before deployment that were first committed after it, with that commit."""
    record = release.one(Deployments)
    starts = [
        one.started_at
        for one in (record.value.deployments if record and record.value else ())
        if one.environment == "production"
    ]
    folders = portal.process_of(release).folders_before("deployments")
    own = portal.git.history
    if own is None or not starts:
        return
    for one in release.records:
        history = own.of(one.path)
        added = history.added if history else None
        at = added.commit.committer.at if added else None
        if added and at and at > min(starts) and release.relative(one).split("/")[0] in folders:
            yield one, added.commit


def amended(portal: Portal, release: Release) -> Iterator[tuple[Record[Any], Commit]]:
    """Records of a closed release that changed after its closure, each with every such commit."""
    closed = release.facts.closed_at if release.facts else None
    own = portal.git.history
    if own is None or closed is None:
        return
    for one in release.records:
        history = own.of(one.path)
        for change in history.changes if history else ():
            at = change.commit.committer.at
            if at and at > closed + _GRACE:
                yield one, change.commit
