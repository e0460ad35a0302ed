"""Reads the log: what the cache has, and from git only what came since."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from release_portal import digest
from release_portal.git._command import Command
from release_portal.git._graph import Graph
from release_portal.git.cache import Cache
from release_portal.git.log import Log, Part
from release_portal.git.unverifiable import Unverifiable, damaged

# The commit as it is stored: no mailmap, no notes, no re-encoding, no decoration.
RAW = ("log", "--format=raw", "-z", "--encoding=none", "--no-notes", "--no-decorate", "--no-mailmap", "--no-color")
RAW += ("--no-show-signature", "--no-abbrev", "--no-renames")
_HEAD = re.compile(rb"commit ([0-9a-f]+)\ntree [0-9a-f]+((?:\nparent [0-9a-f]+)*)\n")
_INDEX = "log.json"
_MOST_PARTS = 16


def read(command: Command, tips: Sequence[str], cache: Cache | None) -> Log:
    """The log of all that the tips reach. The first of them is HEAD.

    Raises:
        Unverifiable: a commit cannot be read.
    """
    tips = tuple(dict.fromkeys(tips))
    kept = _Kept(command, cache) if cache else None
    log = kept.extended(tips) if kept else None
    if log is None:
        part, graph = _since(command, tips, Graph())
        log = Log(tips[0], graph, (part,))
    if kept:
        kept.keep(log, tips)
    return log


def records(pieces: Iterable[bytes]) -> Iterator[list[bytes]]:
    """The records in NUL-separated output that comes in pieces."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\0")
        yield whole
    if rest:
        yield [rest]


def _since(command: Command, tips: Iterable[str], old: Graph) -> tuple[Part, Graph]:
    """The commits that tips reach and the graph does not hold, and the graph with them."""
    ...
