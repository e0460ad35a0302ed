"""Whether what a package would hold is what the portal's commit has: a package names that commit as its source."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from release_portal import policy
from release_portal.failure import Failure
from release_portal.git import Repository
from release_portal.portal import Portal
from release_portal.release import Release


class NotCommitted(Failure):
    """What would be packed is in no commit."""

    exit_code = 1


def commit_of(portal: Portal) -> str:
    """Id of the portal's commit that a package is made from; empty where its history is not asked."""
    own = portal.git.history
    return own.files.head if own else ""


def refuse_uncommitted(root: Path, portal: Portal, releases: Sequence[Release]) -> None:
    """Refuse to pack what is not as the commit has it, where git history counts.

    Raises:
        NotCommitted: a file of a release, the roster, the process or mkdocs.yml is changed, new or gone.

    """
    changed = sorted(_changed(root, portal, releases)) if commit_of(portal) else []
    if changed:
        more = f", and {len(changed) - 1} more" if len(changed) > 1 else ""
        raise NotCommitted(
            f"{changed[0]} is not committed as it stands{more}", "commit it first, or take it back"
        )


def _changed(root: Path, portal: Portal, releases: Sequence[Release]) -> Iterator[str]:
    """Paths whose file on disk is not the one of the commit; those that are not packed do not matter."""
    places = [portal.settings.config, policy.PROCESS, "roster", *(one.folder for one in releases)]
    held = Repository.around(root).tree(commit_of(portal), places)
    packed = {
        portal.settings.config,
        *policy.on_disk(root),
        *(path for one in releases for path in _files(one)),
    }
    for path in packed | held.keys():
        blob, file = held.get(path), root / path
        if blob is None or not file.is_file() or not blob.is_file(file):
            yield path


def _files(release: Release) -> Iterator[str]:
    yield from (record.path for record in release.records)
    yield from (one.record.path for one in release.signoffs)
    yield from (f"{release.folder}/{path}" for path in release.evidence)
