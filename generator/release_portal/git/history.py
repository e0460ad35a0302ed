"""What a product repository says of its releases: its tags, and the commits that came with each version."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from release_portal.git.commit import Commit
from release_portal.git.log import Log
from release_portal.git.tags import Tag
from release_portal.git.versions import ReleaseTag, ReleaseTags

# Runs of neighbouring commits: where one starts, counted from the oldest commit, its length, the next one's start…
Runs = Sequence[int]
KnownRanges = dict[str, Runs]


@dataclass(frozen=True, eq=False)
class Range:
    """Commits that a tag reaches and the tag before it does not: what came with a version.

    A final version starts from the final version before it, so that its range holds all that its release
    candidates brought; a pre-release starts from the version before it.
    """

    tag: ReleaseTag
    base: ReleaseTag | None
    log: Log = field(repr=False)
    runs: Runs = field(repr=False)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the commits, newest first."""
        found: list[str] = []
        for start, count in self._places:
            found += self.log.graph.some(start, count)
        return tuple(found)

    @property
    def commits(self) -> tuple[Commit, ...]:
        """The commits, newest first."""
        return tuple(self.log.at(start + at) for start, count in self._places for at in range(count))

    @property
    def _places(self) -> Iterator[tuple[int, int]]:
        """Where each run of commits is in the log, and its length."""
        for back, count in zip(self.runs[::2], self.runs[1::2], strict=True):
            yield len(self.log) - back, count


@dataclass(frozen=True, eq=False)
class History:
    """Tags, commits, and the range of each release tag in order of versions."""

    tags: tuple[Tag, ...]
    released: ReleaseTags
    log: Log
    ranges: tuple[Range, ...]

    @property
    def head(self) -> str:
        """The commit that HEAD was."""
        return self.log.head

    def range_of(self, version: str) -> Range | None:
        """The range of a version; None where it has no usable tag."""
        return self._ranges.get(version)

    @cached_property
    def unreleased(self) -> tuple[str, ...]:
        """Commits that HEAD reaches and no release tag does, newest first."""
        graph = self.log.graph
        bases = [graph.position(one.tag.target) for one in self.released.tags]
        (found,) = graph.between([(graph.position(self.head), bases)])
        return tuple(self.log.ids[at] for at in found)

    @cached_property
    def _ranges(self) -> Mapping[str, Range]:
        return {one.tag.version: one for one in self.ranges}


def ranges(log: Log, released: ReleaseTags, known: KnownRanges) -> tuple[tuple[Range, ...], KnownRanges]:
    """The range of each release tag. Ranges by their ends are taken from `known`; all are given back so."""
    ends = [_ends(tag, base) for tag, base in released.bases]
    graph, size = log.graph, len(log)
    missing = list(dict.fromkeys(pair for pair in ends if pair not in known))
    walks = []
    for pair in missing:
        tip, *bases = pair.split()
        walks.append((graph.position(tip), [graph.position(base) for base in bases]))
    found = {pair: _runs(members, size) for pair, members in zip(missing, graph.between(walks), strict=True)}
    by_ends = {pair: known[pair] if pair in known else found[pair] for pair in ends}
    pairs = zip(released.bases, ends, strict=True)
    return tuple(Range(tag, base, log, by_ends[pair]) for (tag, base), pair in pairs), by_ends


def _ends(tag: ReleaseTag, base: ReleaseTag | None) -> str:
    return f"{tag.tag.target} {base.tag.target if base else ''}"


def _runs(members: Sequence[int], size: int) -> Runs:
    """Positions as runs, counted from the end so that they stay right when newer commits come in front."""
    runs: list[int] = []
    for position in members:
        if runs and position == size - runs[-2] + runs[-1]:
            runs[-1] += 1
        else:
            runs += (size - position, 1)
    return runs
