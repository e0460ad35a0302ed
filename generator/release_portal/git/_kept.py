"""The log in the cache: an index, and for each time that commits were read their graph and their texts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from release_portal import digest
from release_portal.cache import Cache
from release_portal.git import _columns, _reading
from release_portal.git._command import Command
from release_portal.git._graph import Graph
from release_portal.git.history import KnownRanges
from release_portal.git.log import Log, Part
from release_portal.git.unverifiable import Unverifiable

_INDEX = "log.json"
_MOST_PARTS = 16
_ID = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Kept:
    """A log with the tips that it was read for, and ranges of releases by their ends."""

    log: Log
    tips: Sequence[str]
    ranges: KnownRanges = field(default_factory=dict)


def load(command: Command, cache: Cache) -> Kept | None:
    """What is in the cache; None if nothing, or nothing whole."""
    index = cache.load_json(_INDEX)
    if index is None:
        return None
    try:
        names = [name for _, name in index["parts"]]
        contents = [(name, cache.load(f"graph-{name}.bin") or b"") for name in names]
        graph = _columns.unpacked(contents, index["ends"])
        parts, start = [], 0
        for count, name in index["parts"]:
            parts.append(
                Part(count, name, partial(_fetch, command, cache, name, partial(graph.some, start, count)))
            )
            start += count
        kept = Kept(Log(index["head"], graph, tuple(parts)), index["tips"], index["ranges"])
        whole = start == len(graph) and all(
            map(_ID.fullmatch, (*kept.tips, *graph.ends, index["head"], *names))
        )
    except (LookupError, TypeError, ValueError):
        whole = False
    if not whole:
        cache.note("the cached log is not whole: read again")
        return None
    return kept


def read(command: Command, tips: Sequence[str], known: Kept | None, cache: Cache | None) -> Kept:
    """The log of all that the tips reach; the first of them is HEAD. Only what is not known is read.

    Raises:
        Unverifiable: a commit cannot be read.

    """
    tips = list(dict.fromkeys(tips))
    why = _misfit(known, tips)
    if known and not why:
        extended = _extended(command, tips, known)
        if isinstance(extended, Kept):
            return extended
        why = extended
    if cache and why:
        cache.note(f"{why}: the log is read again")
    texts, graph = _reading.since(command, tips, Graph())
    return Kept(Log(tips[0], graph, (_part(texts, graph.some(0, 1)[0]),)), tips)


def _misfit(known: Kept | None, tips: Sequence[str]) -> str:
    """Why a cached log cannot be built upon, as far as its tips tell."""
    gone = len(set(known.tips[1:]) - set(tips)) if known else 0
    return f"{gone} tagged commits of the cache are tagged no more" if gone else ""


def _extended(command: Command, tips: Sequence[str], known: Kept) -> Kept | str:
    """The known log with what came since, or why it does not fit."""
    old = known.log
    before = set(known.tips)
    fresh = [tip for tip in tips if tip not in before and tip not in old]
    texts: list[bytes] = []
    graph = old.graph
    if fresh:
        try:
            texts, graph = _reading.since(command, fresh, graph)
        except (Unverifiable, LookupError):
            return "the cache is of another repository"
    if not graph.reaches(tips[0], old.head):
        return "HEAD does not descend from the cached one"
    parts = (_part(texts, graph.some(0, 1)[0]), *old.parts) if texts else old.parts
    return Kept(Log(tips[0], graph, parts), tips, known.ranges)


def save(cache: Cache, kept: Kept, before: Kept | None) -> None:
    """Puts in the cache what it lacks: the newest part and the index, or all as one part."""
    stored = {part.name for part in before.log.parts} if before else set()
    log = kept.log
    if len(log.parts) > _MOST_PARTS:
        texts = [text for part in log.parts for text in part.texts]
        log = Log(log.head, log.graph, (_part(texts, log.graph.some(0, 1)[0]),))
    if before and replace(kept, log=before.log) == before and log.parts == before.log.parts:
        return
    for part in log.parts:
        if part.name not in stored:  # the newest one
            cache.save(f"text-{part.name}.txt", b"\0".join(part.texts))
            cache.save(f"graph-{part.name}.bin", _columns.packed(log.graph, part.count, part.name))
    index = {"head": log.head, "tips": kept.tips, "ends": log.graph.ends, "ranges": kept.ranges}
    cache.save_json(_INDEX, {**index, "parts": [(part.count, part.name) for part in log.parts]})
    cache.prune("graph-", {f"graph-{part.name}.bin" for part in log.parts})
    cache.prune("text-", {f"text-{part.name}.txt" for part in log.parts})


def _part(texts: Sequence[bytes], newest: str) -> Part:
    """A part from texts at hand, named after what is in it."""
    return Part(len(texts), digest.of_bytes(f"{newest} {len(texts)}".encode())[:16], lambda: texts)


def _fetch(command: Command, cache: Cache, name: str, ids: Callable[[], Sequence[str]]) -> Sequence[bytes]:
    """Texts of a part from the cache; from git, where the file is gone or damaged."""
    content, wanted = cache.load(f"text-{name}.txt"), ids()
    found = content.split(b"\0") if content is not None else []
    same = len(found) == len(wanted) and all(
        text.startswith(b"commit " + one.encode()) for text, one in zip(found, wanted, strict=True)
    )
    return found if same else _reading.texts(command, wanted)
