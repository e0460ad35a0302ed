"""What a product repository says of its releases: its tags, and the commits that came with each version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from release_portal.git.log import Log
from release_portal.git.tags import Tag
from release_portal.git.versions import ReleaseTag, ReleaseTags

# Runs of neighbouring commits: where each starts, counted from the oldest commit, and its length.
Runs = Sequence[tuple[int, int]]
KnownRanges = dict[str, Runs]


@dataclass(frozen=True, slots=True)
class Range:
    """Commits that a tag reaches and the tag before it does not, newest first: what came with a version.

    A final version starts from the final version before it, so that its range holds all that its release
    candidates brought; a pre-release starts from the version before it.
    """

    tag: ReleaseTag
    base: ReleaseTag | None
    ids: tuple[str, ...]


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
        where = self.log.graph.position
        bases = [where[one.tag.target] for one in self.released.tags]
        (found,) = self.log.graph.between([(where[self.head], bases)])
        return tuple(self.log.ids[at] for at in found)

    @cached_property
    def _ranges(self) -> Mapping[str, Range]:
        return {one.tag.version: one for one in self.ranges}


def ranges(log: Log, released: ReleaseTags, known: KnownRanges) -> tuple[tuple[Range, ...], KnownRanges]:
    """The range of each release tag. Ranges by their ends are taken from `known`; all are given back so."""
    ends = [_ends(tag, base) for tag, base in released.bases]
    where, size = log.graph.position, len(log)
    missing = list(dict.fromkeys(pair for pair in ends if pair not in known))
    walks = [
        (where[tip], [where[base]] if base else [])
        for tip, _, base in (one.partition(" ") for one in missing)
    ]
    found = {
        pair: _runs(members, size) for pair, members in zip(missing, log.graph.between(walks), strict=True)
    }
    by_ends = {pair: known[pair] if pair in known else found[pair] for pair in ends}
    given = []
    for (tag, base), pair in zip(released.bases, ends, strict=True):
        ids: list[str] = []
        for back, count in by_ends[pair]:
            ids += log.ids[size - back : size - back + count]
        given.append(Range(tag, base, tuple(ids)))
    return tuple(given), by_ends


def _ends(tag: ReleaseTag, base: ReleaseTag | None) -> str:
    return f"{tag.tag.target} {base.tag.target if base else ''}"


def _runs(members: Sequence[int], size: int) -> Runs:
    """Positions as runs, counted from the end so that they stay right when newer commits come in front."""
    runs: list[tuple[int, int]] = []
    for position in members:
        if runs and position == size - runs[-1][0] + runs[-1][1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((size - position, 1))
    return runs
