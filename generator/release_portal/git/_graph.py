"""Which commits reach which: commits by position, children before parents.

Parents are kept as distances, so that newer commits can be put in front of a graph without touching it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Graph:
    """Commits in an order in which every child comes before its parents.

    `first[i]` is how far behind commit i its first parent stands, 0 for none. `merges` holds the
    distances of the further parents, by position counted from the end.
    """

    ids: Sequence[str] = ()
    first: Sequence[int] = ()
    merges: Mapping[int, Sequence[int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Position of each commit."""
        return dict(zip(self.ids, range(len(self.ids)), strict=True))

    def reaches(self, child: str, ancestor: str) -> bool:
        """Whether a commit is another one or descends from it."""
        start, end = self.position[child], self.position[ancestor]
        reached = {start}
        for position in range(start, end):
            if position in reached:
                reached.update(self.parents(position))
        return end in reached

    def parents(self, position: int) -> tuple[int, ...]:
        """Positions of a commit's parents."""
        if not self.first[position]:
            return ()
        further = self.merges.get(len(self.ids) - position, ())
        return (position + self.first[position], *(position + distance for distance in further))

    def ends(self) -> list[str]:
        """The commits that are nobody's parents: all others are reached from them."""
        alone = bytearray(b"\1") * len(self.ids)
        for position, distance in enumerate(self.first):
            if distance:
                alone[position + distance] = 0
        for back, distances in self.merges.items():
            for distance in distances:
                alone[len(self.ids) - back + distance] = 0
        return [self.ids[position] for position, is_end in enumerate(alone) if is_end]

    def between(self, pairs: Sequence[tuple[int, Iterable[int]]]) -> list[list[int]]:
        """For each pair of a tip and bases, the commits that the tip reaches and none of the bases does.

        One walk answers for all pairs. Every commit hands on to its parents a set of bits: two for each
        pair, the upper one for the tip, the lower one for its bases. Along a line of commits the set is
        one and the same number, hence the grouping by identity. The walk ends with the last commit that
        belongs to a pair.
        """
        bits, merging = self._marked(pairs), {len(self.ids) - back for back in self.merges}
        tips = sum(2 << 2 * pair for pair in range(len(pairs)))
        end = max((tip for tip, _ in pairs), default=-1)
        groups: dict[int, tuple[int, int, list[int]]] = {}
        last = 0
        for position, distance in enumerate(self.first):
            own = bits[position]
            if not own:
                continue
            if position > end:
                break
            if own is not last:
                last = own
                if id(own) not in groups:
                    groups[id(own)] = (own, own & ~(own << 1) & tips, [])
                _, belongs, members = groups[id(own)]
            if belongs:
                members.append(position)
            if distance:
                for parent in self.parents(position) if position in merging else (position + distance,):
                    held = bits[parent]
                    bits[parent] = held | own if held else own
                    if belongs and parent > end:
                        end = parent
        return _members(groups.values(), len(pairs))

    def _marked(self, pairs: Sequence[tuple[int, Iterable[int]]]) -> list[int]:
        bits = [0] * len(self.ids)
        for pair, (tip, bases) in enumerate(pairs):
            bits[tip] |= 2 << 2 * pair
            for base in bases:
                bits[base] |= 1 << 2 * pair
        return bits

    def after(self, ids: Sequence[str], parents: Sequence[Sequence[str]]) -> "Graph":
        """The graph with newer commits in front, given with the ids of their parents.

        Raises:
            KeyError: a parent is neither among them nor in the graph.

        """
        where = dict(zip(ids, range(len(ids)), strict=True))
        missing = {parent for own in parents for parent in own if parent not in where}
        where.update({parent: self.position[parent] + len(ids) for parent in missing})
        size, first, merges = len(ids) + len(self.ids), [0] * len(ids), dict(self.merges)
        for position, own in enumerate(parents):
            if own:
                first[position] = where[own[0]] - position
            if len(own) > 1:
                merges[size - position] = [where[parent] - position for parent in own[1:]]
        return Graph([*ids, *self.ids], [*first, *self.first], merges)


def _members(groups: Iterable[tuple[int, int, list[int]]], count: int) -> list[list[int]]:
    """Members of each pair, in order, from groups of commits with the bits of the pairs that they belong to."""
    found: list[list[int]] = [[] for _ in range(count)]
    for _, belongs, members in groups:
        while belongs:
            lowest = belongs & -belongs
            found[lowest.bit_length() // 2 - 1] += members
            belongs ^= lowest
    return [sorted(members) for members in found]
