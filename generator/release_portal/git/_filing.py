"""Reads the history of files: one pass for all of them, and later only what came since.

`-c` makes a merge show the files that are like those of none of its parents, which is what a merge that
changes something by itself looks like; what merely came from one side shows with the commits of that
side. The pass is over all files, and those of other folders are left out afterwards: given paths, git
would leave out commits as well, and take twice as long over folders that most commits touch.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from release_portal.cache import FORMAT, Cache
from release_portal.git import tree
from release_portal.git._command import Command
from release_portal.git._reading import RAW, tokens
from release_portal.git._wholeness import checked
from release_portal.git.files import FileLog, Touch

_PASS = (*RAW, "--topo-order", "--raw", "-c", "--stdin")
_FILE = "files.txt"
_LABEL = re.compile(rb'\{"head": "(?P<head>[0-9a-f]{40,64})"')


def read(command: Command, head: str, folders: Sequence[str], prefix: str, cache: Cache | None) -> FileLog:
    """Histories of all files below folders (or at paths), as of a commit. `prefix` is left out of paths.

    Raises:
        Unverifiable: a commit or a tree cannot be read.

    """
    old_head, touches = _kept(command, head, folders, prefix, cache) if cache else ("", [])
    if old_head != head:
        revisions = f"{head}\n" + (f"^{old_head}\n" if old_head else "")
        said = checked(command, tokens(command.stream(_PASS, revisions.encode())))
        fresh = _touches(said, folders, prefix)
        touches = list({touch.text: touch for touch in chain(fresh, touches)}.values())
        if cache:
            text = b"\0".join(map(_written, touches))
            cache.save(_FILE, _label(head, folders, prefix) + b"\n" + text)
    held = tree.read(command, head, [prefix + folder for folder in folders])
    return FileLog(head, {path.removeprefix(prefix): blob for path, blob in held.items()}, tuple(touches))


def _touches(found: Iterator[bytes], folders: Sequence[str], prefix: str) -> Iterator[Touch]:
    """What each commit did to files below folders, from the output of `git log --raw -c -z`.

    A message is set in by four spaces, so an empty line followed by a colon is where its files begin.
    """
    wanted = tuple(f"{prefix}{folder}" for folder in folders)
    below = tuple(f"{one}/" for one in wanted)
    text, files = b"", dict[str, str]()
    for token in found:
        if token.startswith(b"commit "):
            if files:
                yield Touch(text, files)
            text, mark, rest = token.partition(b"\n\n:")
            raw, files = b":" + rest if mark else b"", {}
        else:
            raw = token
        if raw:
            path = next(found).decode("utf-8", "surrogateescape")
            if path.startswith(below) or path in wanted:
                files[path.removeprefix(prefix)] = raw.decode("ascii")
    if files:
        yield Touch(text, files)


def _written(touch: Touch) -> bytes:
    """What a commit did, as git writes it."""
    files = (f"{raw}\0{path}\0".encode("utf-8", "surrogateescape") for path, raw in touch.files.items())
    return touch.text + b"\n\n" + b"".join(files)


def _kept(
    command: Command, head: str, folders: Sequence[str], prefix: str, cache: Cache
) -> tuple[str, list[Touch]]:
    """The head of the cached pass and what it found; nothing, with a note, where it does not fit."""
    label, _, text = (cache.load(_FILE) or b"").partition(b"\n")
    if not label:
        return "", []
    known = _LABEL.match(label)
    if not known or label != _label(known["head"].decode(), folders, prefix):
        cache.note("the cached history of files is of other folders: read again")
        return "", []
    old = known["head"].decode()
    if old != head and command.run(["merge-base", "--is-ancestor", old, head]).status:
        cache.note("HEAD does not descend from the cached one: files read again")
        return "", []
    return old, list(_touches(iter(text.split(b"\0")), folders, ""))


def _label(head: str, folders: Iterable[str], prefix: str) -> bytes:
    """What a cached pass is of."""
    return json.dumps({"head": head, "format": FORMAT, "folders": [*folders], "prefix": prefix}).encode()
