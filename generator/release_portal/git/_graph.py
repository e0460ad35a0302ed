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

    def reaching(self, marks: Mapping[int, int]) -> Iterable[tuple[int, list[int]]]:
        """Commits grouped by the marks that reach them: sets of bits, each set on some commits.

        One walk hands every commit's bits on to its parents, for any number of marks. Along a line of
        commits they are one and the same number, hence the grouping by identity.
        """
        size, bits = len(self.ids), [0] * len(self.ids)
        for position, mark in marks.items():
            bits[position] |= mark
        groups: dict[int, tuple[int, list[int]]] = {}
        for position, distance in enumerate(self.first):
            own = bits[position]
            if not own:
                continue
            group = groups.get(id(own))
            if group is None:
                groups[id(own)] = (own, [position])
            else:
                group[1].append(position)
            if distance:
                parent = position + distance
                bits[parent] = bits[parent] | own if bits[parent] else own
                for further in self.merges.get(size - position, ()):
                    bits[position + further] |= own
        return groups.values()

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
