"""Reads the history of files: one pass for all of them, and later only what came since.

`-c` makes a merge show the files that are like those of none of its parents, which is what a merge that
changes something by itself looks like; what merely came from one side shows with the commits of that
side, all of which `--full-history` keeps. So each change shows once, with the commit that made it.
"""

import json
import re
from collections.abc import Sequence

from release_portal.git import files, tree
from release_portal.git._command import Command
from release_portal.git._reading import RAW
from release_portal.git.cache import FORMAT, Cache
from release_portal.git.files import FileLog

_PASS = (*RAW, "--topo-order", "--full-history", "--raw", "-c")
_FILE = "files.txt"
_LABEL = re.compile(rb'\{"head": "(?P<head>[0-9a-f]{40,64})"')


def read(command: Command, head: str, folders: Sequence[str], prefix: str, cache: Cache | None) -> FileLog:
    """Histories of all files below folders (or at paths), as of a commit. `prefix` is left out of paths.

    Raises:
        Unverifiable: a commit or a tree cannot be read.

    """
    full = [prefix + folder for folder in folders]
    old_head, text = _kept(command, head, full, cache) if cache else ("", b"")
    if old_head != head:
        since = [f"^{old_head}"] if old_head else []
        fresh = command.read([*_PASS, head, *since, "--", *full])
        text = b"\0".join(piece for piece in (fresh, text) if piece)
        if cache:
            cache.save(_FILE, _label(head, full) + b"\n" + text)
    held = {path.removeprefix(prefix): blob for path, blob in tree.read(command, head, full).items()}
    return FileLog(head, held, tuple(files.parse(text, prefix)))


def _kept(command: Command, head: str, folders: Sequence[str], cache: Cache) -> tuple[str, bytes]:
    """The head of the cached pass and its text; nothing, with a note, where it does not fit."""
    label, _, text = (cache.load(_FILE) or b"").partition(b"\n")
    if not label:
        return "", b""
    known = _LABEL.match(label)
    if not known or label != _label(known["head"].decode(), folders):
        cache.note("the cached history of files is of other folders: read again")
        return "", b""
    old = known["head"].decode()
    if old != head and command.run(["merge-base", "--is-ancestor", old, head]).status:
        cache.note("HEAD does not descend from the cached one: files read again")
        return "", b""
    return old, text


def _label(head: str, folders: Sequence[str]) -> bytes:
    """What a cached pass is of."""
    return json.dumps({"head": head, "format": FORMAT, "folders": list(folders)}).encode()
