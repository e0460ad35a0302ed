"""The history of a release: every commit of its records, and the commits of the product that it brought."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from release_portal.assess import Assessment
from release_portal.facts import OwnHistory
from release_portal.git import Commit
from release_portal.git.files import Touch
from release_portal.pages._coverage import coverage
from release_portal.pages._eras import Gate, decided_at, gates, last_before
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._repeat import commits_command
from release_portal.pages._signatures import Mark, commit_mark
from release_portal.pages._tags import tagging
from release_portal.pages._unchecked import unchecked
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import Release

_MOST = 200  # commits of a range on a page, which must not grow with the product


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit that touched the release's folder; `files` are (kind, path below the folder), by path.

    `gate` is the last one passed before it; `late` says that it touched what the go decision rested on, after it.
    """

    commit: Commit
    mark: Mark
    files: tuple[tuple[str, str], ...]
    gate: Gate | None
    late: bool


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    portal = assessment.portal
    own = portal.git.history
    folders = portal.process_of(release).folders_before("deployments")
    entries = tuple(_entries(own, release, folders)) if own else ()
    yield page(
        assessment,
        release,
        path="history/",
        label="History",
        template="history.html",
        wide=True,
        description=f"Every commit that touched the records of {release.version}.",
        eras=[(gate, list(group)) for gate, group in groupby(entries, key=lambda one: one.gate)],
        count=len(entries),
        late=sum(one.late for one in entries),
        decided=decided_at(release),
        unverified=sum(one.mark.state == "not-checked" for one in entries),
        verify=commits_command(release.folder),
        own=own,
        not_checked=portal.git.own,
        unchecked=unchecked(portal),
        ranges=[made for one in tagging(portal, release) if (made := coverage(one))],
        most=_MOST,
    )


def _entries(own: OwnHistory, release: Release, folders: Iterable[str]) -> Iterator[Entry]:
    touches = own.touching(release.folder)
    moves = (touch.commit for touch in touches if release.location.path in touch.files)
    passed, decided = gates(release, moves), decided_at(release)
    decision = {release.relative(one) for one in release.all(GoNoGo)}
    for touch in touches:
        files = tuple(_files(touch, release))
        rested = {path for _, path in files if path.split("/")[0] in folders} - decision
        late = bool(rested) and _after(touch.commit, decided)
        gate = last_before(passed, touch.commit)
        yield Entry(touch.commit, commit_mark(own, touch.commit), files, gate, late)


def _files(touch: Touch, release: Release) -> Iterator[tuple[str, str]]:
    inside = f"{release.folder}/"
    for path in sorted(path for path in touch.files if path.startswith(inside)):
        yield touch.change(path).kind, path.removeprefix(inside)


def _after(commit: Commit, instant: datetime | None) -> bool:
    at = commit.committer.at
    return instant is not None and at is not None and at > instant


PAGE = ReleasePages(name="history", order=130, build=build)
