"""What happened to the files of some folders: who added each, and who touched it afterwards."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from release_portal.git import commit as commits
from release_portal.git.commit import Commit
from release_portal.git.tree import Blob

Kind = Literal["added", "changed", "deleted"]
_KINDS: Mapping[str, Kind] = {"A": "added", "D": "deleted"}


@dataclass(frozen=True, slots=True)
class FileChange:
    """One commit's change of one file. A move is a deletion here and an addition there.

    `by_merge` marks a merge whose file is like none of its parents': content that came with the merge
    itself. `blob` is what the file became, None where it was deleted; `before` are the ids of what the parents
    had, zeros for a parent without it.
    """

    commit: Commit
    kind: Kind
    blob: Blob | None
    by_merge: bool
    before: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Touch:
    """A commit's text, and by path what it did to files, in git's words: `:MODE… ID… LETTERS`."""

    text: bytes
    files: Mapping[str, str]

    @cached_property
    def commit(self) -> Commit:
        """The commit."""
        return commits.parse(self.text)

    def change(self, path: str) -> FileChange:
        """What the commit did to a file. A colon, a mode and an id stand for each parent, then those it made."""
        raw = self.files[path]
        parents = len(raw) - len(raw.lstrip(":"))
        *fields, letters = raw[parents:].split(" ")
        kind = _KINDS.get(letters[0], "changed") if len(set(letters)) == 1 else "changed"
        blob = None if kind == "deleted" else Blob(fields[-1], fields[parents])
        return FileChange(self.commit, kind, blob, parents > 1, tuple(fields[parents + 1 : -1]))


@dataclass(frozen=True, slots=True)
class FileHistory:
    """All changes of a file, parents before children; `tip` is what HEAD has.

    No clock decides the order. Branches beside one another have none, so only `untouched` is proof: one
    commit added the file, none touched it, and HEAD has just what that commit put there.
    """

    path: str
    changes: tuple[FileChange, ...]
    tip: Blob | None

    @property
    def added(self) -> FileChange | None:
        """The first addition."""
        return next((change for change in self.changes if change.kind == "added"), None)

    @property
    def later(self) -> tuple[FileChange, ...]:
        """All changes but the first addition: edits, deletions, second additions."""
        return tuple(change for change in self.changes if change is not self.added)

    @property
    def introduced(self) -> tuple[FileChange, ...]:
        """The changes that made the file what HEAD has. None where a submodule or nothing is there."""
        return tuple(change for change in self.changes if change.blob and change.blob == self.tip)

    @property
    def untouched(self) -> bool:
        """Whether the file is still what the one commit that added it put there."""
        return len(self.changes) == 1 == len(self.introduced) and self.changes[0].kind == "added"


@dataclass(frozen=True, eq=False)
class FileLog:
    """Histories of all files that some folders hold or held, as of a head commit."""

    head: str
    tree: Mapping[str, Blob]
    touches: Sequence[Touch] = field(repr=False)
    _known: dict[str, FileHistory] = field(default_factory=dict, repr=False)

    @property
    def paths(self) -> Sequence[str]:
        """Paths of all files there are or were, in order."""
        return tuple(sorted({*self.tree, *self._by_path}))

    @property
    def commits(self) -> tuple[Commit, ...]:
        """All commits that touched one of the files, children before parents."""
        return tuple(touch.commit for touch in self.touches)

    def of(self, path: str) -> FileHistory | None:
        """The history of a file; None if it was never committed."""
        if path not in self._known:
            if path not in self._by_path and path not in self.tree:
                return None
            changes = tuple(touch.change(path) for touch in reversed(self._by_path.get(path, ())))
            self._known[path] = FileHistory(path, changes, self.tree.get(path))
        return self._known[path]

    @cached_property
    def _by_path(self) -> Mapping[str, Sequence[Touch]]:
        found: dict[str, list[Touch]] = defaultdict(list)
        for touch in self.touches:
            for path in touch.files:
                found[path].append(touch)
        return found
