"""Which commits reach which: commits by position, children before parents.

Ids and parents stand in columns of bytes and numbers, not in objects: a cached graph of fifty thousand
commits is at hand in two milliseconds. Parents are kept as distances, so that newer commits can be put
in front of a graph without touching it.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, eq=False)
class Graph:
    """Commits in an order in which every child comes before its parents.

    `names` holds the ids in binary, one after the other. `first[i]` is how far behind commit i its first
    parent stands, 0 for none; `merges` holds the distances of further parents, by position counted from
    the end, which stays when newer commits come in front. `orders` sorts the commits by id, those that
    were read together at a time. `ends` are the commits that are nobody's parents: all others are reached
    from them.
    """

    names: bytes = b""
    first: "array[int]" = field(default_factory=lambda: array("I"))
    merges: Mapping[int, Sequence[int]] = field(default_factory=dict)
    orders: "tuple[array[int], ...]" = ()
    ends: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.first)

    def __contains__(self, commit_id: object) -> bool:
        return isinstance(commit_id, str) and self._found(commit_id) is not None

    @cached_property
    def ids(self) -> Sequence[str]:
        """Ids of all commits."""
        return self.some(0, len(self))

    def some(self, start: int, count: int) -> list[str]:
        """Ids of neighbouring commits."""
        if not count:
            return []
        width = len(self.names) // len(self)
        return self.names[start * width : (start + count) * width].hex(" ", width).split(" ")

    def position(self, commit_id: str) -> int:
        """Position of a commit.

        Raises:
            KeyError: it is not in the graph.

        """
        found = self._found(commit_id)
        if found is None:
            raise KeyError(commit_id)
        return found

    def _found(self, commit_id: str) -> int | None:
        try:
            name = bytes.fromhex(commit_id)
        except ValueError:
            return None
        names, width, start = self.names, len(name), 0
        for order in self.orders:

            def named(local: int, start: int = start) -> bytes:
                return names[(start + local) * width : (start + local + 1) * width]

            at = bisect_left(order, name, key=named)
            if at < len(order) and named(order[at]) == name:
                return start + order[at]
            start += len(order)
        return None

    def parents(self, position: int) -> tuple[int, ...]:
        """Positions of a commit's parents."""
        if not self.first[position]:
            return ()
        further = self.merges.get(len(self) - position, ())
        return (position + self.first[position], *(position + distance for distance in further))

    def reaches(self, child: str, ancestor: str) -> bool:
        """Whether a commit is another one or descends from it."""
        start, end = self.position(child), self.position(ancestor)
        reached = {start}
        for position in range(start, end):
            if position in reached:
                reached.update(self.parents(position))
        return end in reached

    def between(self, pairs: Sequence[tuple[int, Iterable[int]]]) -> list[list[int]]:
        """For each pair of a tip and bases, the commits that the tip reaches and none of the bases does.

        One walk answers for all pairs. Every commit hands on to its parents a set of bits: two for each
        pair, the upper one for the tip, the lower one for its bases. Along a line of commits the set is
        one and the same number, hence the grouping by identity. The walk ends with the last commit that
        belongs to a pair.
        """
        size, bits = len(self), self._marked(pairs)
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
                for parent in (
                    self.parents(position) if size - position in self.merges else (position + distance,)
                ):
                    held = bits[parent]
                    bits[parent] = held | own if held else own
                    if belongs and parent > end:
                        end = parent
        return _members(groups.values(), len(pairs))

    def _marked(self, pairs: Sequence[tuple[int, Iterable[int]]]) -> list[int]:
        bits = [0] * len(self)
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
        count, size = len(ids), len(ids) + len(self)
        where = dict(zip(ids, range(count), strict=True))
        first, merges = array("I", bytes(4 * count)), dict(self.merges)
        inner = set[str]()
        for at, own in enumerate(parents):
            inner.update(own)
            distances = [where[one] if one in where else self.position(one) + count for one in own]
            if own:
                first[at] = distances[0] - at
            if len(own) > 1:
                merges[size - at] = [distance - at for distance in distances[1:]]
        ends = [one for one in (*ids, *self.ends) if one not in inner]
        names = bytes.fromhex("".join(ids)) + self.names
        return Graph(names, first + self.first, merges, (by_id(ids), *self.orders), ends)


def by_id(ids: Sequence[str]) -> "array[int]":
    """Positions in the order of ids."""
    return array("I", sorted(range(len(ids)), key=ids.__getitem__))


def _members(groups: Iterable[tuple[int, int, list[int]]], count: int) -> list[list[int]]:
    """Members of each pair, in order, from groups of commits with the bits of the pairs that they belong to."""
    found: list[list[int]] = [[] for _ in range(count)]
    for _, belongs, members in groups:
        while belongs:
            lowest = belongs & -belongs
            found[lowest.bit_length() // 2 - 1] += members
            belongs ^= lowest
    return [sorted(members) for members in found]
