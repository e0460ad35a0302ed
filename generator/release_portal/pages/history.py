"""The history of a release: every commit of its records, and the commits of the product that it brought."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from release_portal.assess import Assessment
from release_portal.facts import OwnHistory
from release_portal.git import Commit
from release_portal.pages._coverage import coverage
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._signatures import Mark, commit_mark
from release_portal.pages._tags import tagging
from release_portal.records.deployments import Deployments
from release_portal.release import Release

_MOST = 200  # commits of a range on a page, which must not grow with the product


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit that touched the release's folder; `files` are (kind, path below the folder), by path."""

    commit: Commit
    mark: Mark
    files: tuple[tuple[str, str], ...]


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    portal = assessment.portal
    own = portal.git.history
    entries = tuple(_entries(own, release)) if own else ()
    yield page(
        assessment,
        release,
        path="history/",
        label="History",
        template="history.html",
        wide=True,
        description=f"Every commit that touched the records of {release.version}.",
        eras=[(era, list(group)) for era, group in groupby(entries, key=lambda one: _era(release, one))],
        count=len(entries),
        own=own,
        not_checked=portal.git.own,
        unchecked=[one for one in portal.git.unchecked if one is not portal.git.own],
        ranges=[made for one in tagging(portal, release) if (made := coverage(one))],
        most=_MOST,
    )


def _entries(own: OwnHistory, release: Release) -> Iterator[Entry]:
    inside = f"{release.folder}/"
    for touch in own.touching(release.folder):
        paths = sorted(path for path in touch.files if path.startswith(inside))
        files = tuple((touch.change(path).kind, path.removeprefix(inside)) for path in paths)
        yield Entry(touch.commit, commit_mark(own, touch.commit), files)


def _era(release: Release, entry: Entry) -> str:
    """When a commit was made, by its committer's clock, as the records tell the release's life."""
    record = release.one(Deployments)
    starts = [
        one.started_at
        for one in (record.value.deployments if record and record.value else ())
        if one.environment == "production"
    ]
    closed, at = release.facts.closed_at if release.facts else None, entry.commit.committer.at
    if closed and at and at > closed:
        return "After closure"
    if starts and at and at > min(starts):
        return "After the deployment to production"
    return "Before the deployment to production"


PAGE = ReleasePages(name="history", order=130, build=build)
