"""What came before what, by parents alone: no clock can set a commit back."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

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
    _latest: "dict[int, array[int]]" = field(default_factory=dict, repr=False)

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

    def reaches(self, commit: str, other: str) -> bool:
        """As `holds`, for questions about commits near one another that are asked once: nothing is kept."""
        return commit in self.graph and other in self.graph and self.graph.reaches(commit, other)

    def overtaken(self, commit: str, tolerance: int, now: int) -> str:
        """A commit behind this one whose clock shows a later time, by more seconds than these.

        One that shows a time after `now` is passed over: its clock was wrong, and proves nothing of another's.
        """
        if commit not in self.graph:
            return ""
        at = self.graph.position(commit)
        latest = self._latest_by(now)[at]
        return self.graph.some(latest, 1)[0] if self.seconds[latest] - self.seconds[at] > tolerance else ""

    def last_before(self, seconds: int) -> str:
        """The last commit on HEAD's line of first parents with no later time than this, nor any before it there.

        Empty where there is none.
        """
        line = [0] if len(self.graph) else []
        while line and (parents := self.graph.parents(line[-1])):
            line.append(parents[0])
        early = list(takewhile(lambda one: self.seconds[one] <= seconds, reversed(line)))
        return self.graph.some(early[-1], 1)[0] if early else ""

    def _latest_by(self, now: int) -> "array[int]":
        """For each commit the one with the latest time among those behind it and itself."""
        if now not in self._latest:
            clocks = [one if one <= now else 0 for one in self.seconds]
            latest = array("Q", range(len(clocks)))
            for at in reversed(latest):
                latest[at] = max(
                    (at, *(latest[one] for one in self.graph.parents(at))), key=clocks.__getitem__
                )
            self._latest[now] = latest
        return self._latest[now]

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
