"""What came before what, by parents alone: no clock can set a commit back."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from release_portal.git._command import Command
from release_portal.git._graph import Graph
from release_portal.git.unverifiable import damaged


@dataclass(frozen=True, eq=False)
class Ancestry:
    """Every commit that HEAD reaches, with its parents. Of other commits nothing is known: they hold nothing.

    `seconds` are the committers' clocks, in the order of the graph.
    """

    graph: Graph = field(default_factory=Graph)
    seconds: Sequence[int] = ()
    _held: dict[str, frozenset[int]] = field(default_factory=dict, repr=False)

    def holds(self, commit: str, other: str) -> bool:
        """Whether a commit has another one behind it, or is it: whether it knew what the other one brought."""
        if commit == other:
            return True
        if commit not in self.graph or other not in self.graph:
            return False
        if commit not in self._held:
            self._held[commit] = self._behind(commit)
        return self.graph.position(other) in self._held[commit]

    def ahead_of(self, commit: str, tolerance: int) -> str:
        """A parent whose committer's clock shows a later time than the commit's own, by more seconds than these."""
        if commit not in self.graph:
            return ""
        at = self.graph.position(commit)
        late = (one for one in self.graph.parents(at) if self.seconds[one] - self.seconds[at] > tolerance)
        return next((self.graph.some(one, 1)[0] for one in late), "")

    def _behind(self, commit: str) -> frozenset[int]:
        start = self.graph.position(commit)
        found, waiting = {start}, [start]
        while waiting:
            fresh = [one for one in self.graph.parents(waiting.pop()) if one not in found]
            found.update(fresh)
            waiting += fresh
        return frozenset(found)


def read(command: Command, head: str) -> Ancestry:
    """The ancestry of a commit: one process.

    Raises:
        Unverifiable: a commit cannot be read.

    """
    text = command.read(
        ["rev-list", "--topo-order", "--parents", "--timestamp", "--end-of-options", head, "--"]
    )
    rows = [line.split(" ") for line in text.decode("ascii").splitlines()]
    try:
        graph = Graph().after([row[1] for row in rows], [row[2:] for row in rows])
    except KeyError as error:
        raise damaged(command.name, "a parent of a commit is missing") from error
    return Ancestry(graph, array("Q", (int(row[0]) for row in rows)))
