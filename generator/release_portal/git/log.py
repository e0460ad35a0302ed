"""The commits of a repository, read in one pass: who wrote what, and which release tag reaches which."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from release_portal.git import commit as commits
from release_portal.git._graph import Graph
from release_portal.git.commit import Commit
from release_portal.git.versions import ReleaseTag, ReleaseTags


@dataclass(frozen=True, slots=True)
class Range:
    """Commits that a tag reaches and the tag before it does not, newest first: what came with a version."""

    tag: ReleaseTag
    base: ReleaseTag | None
    ids: tuple[str, ...]


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
        return commit_id in self.graph.position

    def commit(self, commit_id: str) -> Commit:
        """A commit.

        Raises:
            KeyError: neither HEAD nor a tag reaches it.
        """
        position = self.graph.position[commit_id]
        for part in self.parts:
            if position < part.count:
                return commits.parse(part.texts[position])
            position -= part.count
        raise KeyError(commit_id)

    def commits(self, ids: Iterable[str]) -> tuple[Commit, ...]:
        """Several commits."""
        return tuple(self.commit(one) for one in ids)

    def ranges(self, released: ReleaseTags) -> tuple[Range, ...]:
        """The range of each release tag, in order of versions.

        A final version starts from the final version before it, so that its range holds all that its
        release candidates brought; a pre-release starts from the version before it.
        """
        tags = released.tags
        finals = [one for one in tags if one.is_final]
        steps = self._steps(finals)
        if len(finals) < len(tags):
            steps = self._steps(tags) | steps
        return tuple(Range(tag, base, steps[tag.version]) for tag, base in released.bases)

    def _steps(self, line: Sequence[ReleaseTag]) -> dict[str, tuple[str, ...]]:
        """By version, the commits that a tag reaches and the one before it in a line of tags does not."""
        marks: dict[int, int] = {}
        for bit, one in enumerate(line):
            at = self.graph.position[one.tag.target]
            marks[at] = marks.get(at, 0) | 1 << bit
        found: list[list[int]] = [[] for _ in line]
        for bits, positions in self.graph.reaching(marks):
            starts = bits & ~(bits << 1)  # a bit whose lower neighbour, the tag before, is not set
            while starts:
                lowest = starts & -starts
                found[lowest.bit_length() - 1] += positions
                starts ^= lowest
        ids = self.graph.ids
        return {one.version: tuple([ids[at] for at in sorted(found[bit])]) for bit, one in enumerate(line)}

    def unreleased(self, released: ReleaseTags) -> tuple[str, ...]:
        """Commits that HEAD reaches and no release tag does, newest first."""
        where = self.graph.position
        marks = {where[one.tag.target]: 2 for one in released.tags}
        marks[where[self.head]] = marks.get(where[self.head], 0) | 1
        found = [at for bits, positions in self.graph.reaching(marks) if bits == 1 for at in positions]
        return tuple(self.graph.ids[at] for at in sorted(found))
