"""When a release was closed: the commits that did it."""

from collections.abc import Iterable

from release_portal.git import Commit
from release_portal.release import CLOSED
from release_portal.source import Unreadable, parse


def closings(texts: Iterable[tuple[Commit, bytes]], *, committed: bool) -> tuple[Commit, ...]:
    """The commits that closed a release, from the texts of its release.yaml, parents before children.

    More than one where it was opened again. Where none can be told, the last that touched the file; none where
    what it says now is not committed, since the commit that will close the release is still to come.
    """
    found, last, closed = list[Commit](), None, False
    for commit, content in texts:
        before, closed, last = closed, _is_closed(content), commit
        if closed and not before:
            found.append(commit)
    return tuple(found or ([last] if last and committed else []))


def _is_closed(content: bytes) -> bool:
    if CLOSED.encode() not in content:
        return False
    try:
        return bool(parse("release.yaml", content).value("phase") == CLOSED)
    except Unreadable:
        return False
