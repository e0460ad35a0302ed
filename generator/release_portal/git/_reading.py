"""Reads the log from git: whole, or only what older commits do not reach."""

import re
from collections.abc import Iterable, Iterator, Sequence

from release_portal.git._command import Command
from release_portal.git._graph import Graph
from release_portal.git._wholeness import checked
from release_portal.git.unverifiable import damaged

# The commit as it is stored: no mailmap, no notes, no re-encoding, no decoration.
RAW = (
    *("log", "--format=raw", "-z", "--encoding=none", "--no-notes", "--no-decorate", "--no-mailmap"),
    *("--no-color", "--no-show-signature", "--no-abbrev", "--no-renames"),
)
_HEAD = re.compile(rb"commit ([0-9a-f]+)\ntree [0-9a-f]+((?:\nparent [0-9a-f]+)*)\n")


def since(command: Command, tips: Iterable[str], old: Graph) -> tuple[list[bytes], Graph]:
    """Texts of the commits that tips reach and an old graph lacks, and the graph with them in front.

    Raises:
        Unverifiable: a commit cannot be read.

    """
    revisions = "".join([*(f"{tip}\n" for tip in tips), *(f"^{end}\n" for end in old.ends)]).encode()
    found: list[bytes] = []
    ids: list[str] = []
    parents: list[list[str]] = []
    for text in checked(command, tokens(command.stream([*RAW, "--topo-order", "--stdin"], revisions))):
        match = _HEAD.match(text)
        if not match:
            raise damaged(command.name, "a commit is malformed")
        one = match[1].decode()
        if one in old:  # where clocks go backwards, git may walk on beyond the ends
            continue
        ids.append(one)
        parents.append(match[2].decode().split("\nparent ")[1:])
        found.append(text)
    return found, old.after(ids, parents)


def texts(command: Command, ids: Sequence[str]) -> list[bytes]:
    """Texts of just these commits, in this order."""
    listed = "".join(f"{one}\n" for one in ids).encode()
    return list(checked(command, tokens(command.stream([*RAW, "--no-walk=unsorted", "--stdin"], listed))))


def tokens(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What NUL bytes separate in output that comes in pieces."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    if rest:
        yield rest
