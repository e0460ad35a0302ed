"""The commits of a repository, read in one pass: who wrote what."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from release_portal.git import commit as commits
from release_portal.git._graph import Graph
from release_portal.git.commit import Commit


@dataclass(frozen=True)
class Part:
    """Texts of commits that were read together; they may be fetched from the cache only when asked for."""

    count: int
    name: str
    fetch: Callable[[], Sequence[bytes]]

    @cached_property
    def texts(self) -> Sequence[bytes]:
        """One text for each commit."""
        return self.fetch()


@dataclass(frozen=True, eq=False)
class Log:
    """Commits that HEAD or a tag reaches, children before parents."""

    head: str
    graph: Graph
    parts: tuple[Part, ...]

    @property
    def ids(self) -> Sequence[str]:
        """Ids of all commits."""
        return self.graph.ids

    def __len__(self) -> int:
        return len(self.graph)

    def __contains__(self, commit_id: object) -> bool:
        return commit_id in self.graph

    def commit(self, commit_id: str) -> Commit:
        """A commit.

        Raises:
            KeyError: neither HEAD nor a tag reaches it.

        """
        return self.at(self.graph.position(commit_id))

    def at(self, position: int) -> Commit:
        """The commit at a position."""
        for part in self.parts:
            if position < part.count:
                return commits.parse(part.texts[position])
            position -= part.count
        raise IndexError(position)

    def commits(self, ids: Iterable[str]) -> tuple[Commit, ...]:
        """Several commits."""
        return tuple(self.commit(one) for one in ids)
