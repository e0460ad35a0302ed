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

    def parents(self, position: int) -> tuple[int, ...]:
        """Positions of a commit's parents."""
        if not self.first[position]:
            return ()
        further = self.merges.get(len(self.ids) - position, ())
        return (position + self.first[position], *(position + distance for distance in further))

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

    def after(self, ids: Sequence[str], parents: Iterable[Sequence[str]]) -> "Graph":
        """The graph with newer commits in front, given with the ids of their parents.

        Raises:
            KeyError: a parent is neither among them nor in the graph.
        """
        graph = Graph([*ids, *self.ids], [], dict(self.merges))
        where, size, first = graph.position, len(graph.ids), []
        for position, own in enumerate(parents):
            distances = [where[parent] - position for parent in own]
            first.append(distances[0] if distances else 0)
            if len(distances) > 1:
                graph.merges[size - position] = distances[1:]  # type: ignore[index]
        return Graph(graph.ids, [*first, *self.first], graph.merges)
