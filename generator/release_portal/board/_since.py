"""Since when something is open: what records and git tell of it. Where they tell nothing, nothing is said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from release_portal.facts import OwnHistory
from release_portal.git import Commit, FileChange, Repository
from release_portal.portal import Portal
from release_portal.process import Process
from release_portal.progress import GapKind
from release_portal.release import Release
from release_portal.source import Unreadable, parse
from release_portal.todo import Todo

# What is open since an instant of its own, whatever phase the release is in.
OWN_TIME = {GapKind.REJECTED, GapKind.UNPROVED, GapKind.STALE}


@dataclass(frozen=True, slots=True)
class Way:
    """The phases that a release was put in, in order, each with the time by its commit's own clock.

    Empty where git was not asked, and where the phase on disk is another than the last one committed.
    """

    steps: tuple[tuple[str, datetime], ...] = ()

    def entered(self, slug: str) -> datetime | None:
        """When the release came to a phase for the last time."""
        return next((at for phase, at in reversed(self.steps) if phase == slug), None)

    def left(self, process: Process, number: int) -> datetime | None:
        """When the release went on from a phase, or past it, for the last time."""
        last, found = 0, None
        for slug, at in self.steps:
            if last <= number < process.order(slug):
                found = at
            last = process.order(slug)
        return found


def ways(root: Path, portal: Portal, releases: Iterable[Release]) -> Mapping[str, Way]:
    """The way of each release by version, from the commits of its release.yaml; one call of git for all."""
    history = portal.git.history
    if history is None:
        return {}
    changes = [(one, _changes(history, one.location.path)) for one in releases]
    blobs = {change.blob.id for _, every in changes for change in every if change.blob}
    contents = Repository.around(root).contents(blobs) if blobs else {}
    return {release.version: _way(release, every, contents) for release, every in changes}


def _changes(history: OwnHistory, path: str) -> tuple[FileChange, ...]:
    """The changes of a file that left one there, oldest first."""
    file = history.of(path)
    return tuple(one for one in (file.changes if file else ()) if one.blob and one.blob.is_regular)


def _way(release: Release, changes: Iterable[FileChange], contents: Mapping[str, bytes]) -> Way:
    steps: list[tuple[str, datetime]] = []
    for change in changes:
        phase = _phase(contents[change.blob.id]) if change.blob else ""
        if change.commit.committer.at and phase != (steps[-1][0] if steps else None):
            steps.append((phase, change.commit.committer.at))
    return Way(tuple(steps)) if steps and steps[-1][0] == release.phase else Way()


def _phase(content: bytes) -> str:
    try:
        value = parse("release.yaml", content).value("phase")
    except Unreadable:
        return ""
    return value if isinstance(value, str) else ""


def since(portal: Portal, release: Release, way: Way, todo: Todo) -> datetime | None:
    """Since when one thing is open; None where that is not known.

    A rejection since it was given; a stale sign-off since the first change after it; a sign-off that lacks
    since the record was there in a phase that asks for it; everything else since the release came to the
    phase, or left it without.
    """
    signed = next((one for one in release.signoffs if one.record.path == todo.gap.location.path), None)
    if todo.gap.kind in {GapKind.REJECTED, GapKind.UNPROVED}:
        return signed.value.at if signed and signed.value else None
    if todo.gap.kind is GapKind.STALE:
        return _stale(portal, release, todo.gap.subject, signed.record.path if signed else "")
    if todo.overdue:
        return way.left(portal.process_of(release), todo.phase.number)
    begun = way.entered(todo.phase.slug)
    if todo.gap.kind is GapKind.SIGN_OFF and begun:
        touching = _touching(portal, release, todo.gap.subject)
        changed = [one.committer.at for one in touching if one.committer.at]
        return max(begun, *changed) if changed else None
    return begun


def _touching(portal: Portal, release: Release, subject: str) -> Iterator[Commit]:
    """The commits that changed the records of a subject."""
    history = portal.git.history
    for record in release.subjects(subject) if history else ():
        file = history.of(record.path) if history else None
        yield from (change.commit for change in (file.changes if file else ()))


def _stale(portal: Portal, release: Release, subject: str, signed: str) -> datetime | None:
    """When the first commit changed a subject that the commit of its sign-off does not hold."""
    own = portal.git.history
    file = own.of(signed) if own else None
    given = file.introduced[-1].commit.id if file and file.introduced else ""
    commits = _touching(portal, release, subject) if own and given else ()
    later = (one.committer.at for one in commits if own and not own.ancestry.holds(given, one.id))
    return min((at for at in later if at), default=None)
