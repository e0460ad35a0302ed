"""The log in the cache: an index, and for each time that commits were read their graph and their texts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from release_portal import digest
from release_portal.git import _reading
from release_portal.git._command import Command
from release_portal.git._graph import Graph
from release_portal.git.cache import Cache
from release_portal.git.history import KnownRanges
from release_portal.git.log import Log, Part
from release_portal.git.unverifiable import Unverifiable

_INDEX = "log.json"
_MOST_PARTS = 16
_ID = re.compile(r"[0-9a-f]{16,64}")


@dataclass(frozen=True)
class Kept:
    """A log with what it was read for: tips, its commits that are nobody's parents, and ranges by their ends."""

    log: Log
    tips: Sequence[str]
    ends: Sequence[str]
    ranges: KnownRanges = field(default_factory=dict)


def load(command: Command, cache: Cache) -> Kept | None:
    """What is in the cache; None if nothing, or nothing whole."""
    index = cache.load_json(_INDEX)
    if index is None:
        return None
    ids: list[str] = []
    first: list[int] = []
    merges: dict[int, Sequence[int]] = {}
    parts: list[Part] = []
    try:
        for count, name in index["parts"]:
            graph = cache.load_json(f"graph-{name}.json") or {}
            own = graph[name].split(" ")
            ids += own
            first += graph["first"]
            merges.update(zip(graph["merges"], graph["further"], strict=True))
            parts.append(Part(count, name, partial(_fetch, command, cache, name, own)))
        log = Log(index["head"], Graph(ids, first, merges), tuple(parts))
        kept = Kept(log, index["tips"], index["ends"], index["ranges"])
        named = [*index["tips"], *index["ends"], index["head"], *(part.name for part in parts)]
        whole = len(ids) == len(first) == sum(part.count for part in parts) and all(map(_ID.fullmatch, named))
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
    texts, graph = _reading.since(command, tips, (), Graph())
    return Kept(Log(tips[0], graph, (_part(texts, graph.ids[0]),)), tips, graph.ends())


def _misfit(known: Kept | None, tips: Sequence[str]) -> str:
    """Why a cached log cannot be built upon, as far as its tips tell."""
    gone = len(set(known.tips[1:]) - set(tips)) if known else 0
    return f"{gone} tagged commits of the cache are tagged no more" if gone else ""


def _extended(command: Command, tips: Sequence[str], known: Kept) -> Kept | str:
    """The known log with what came since, or why it does not fit."""
    old = known.log
    fresh = [tip for tip in tips if tip not in old]
    texts: list[bytes] = []
    graph, ends = old.graph, known.ends
    if fresh:
        try:
            texts, graph = _reading.since(command, fresh, known.ends, old.graph)
        except (Unverifiable, LookupError):
            return "the cache is of another repository"
        ends = graph.ends()
    if not graph.reaches(tips[0], old.head):
        return "HEAD does not descend from the cached one"
    parts = (_part(texts, graph.ids[0]), *old.parts) if texts else old.parts
    return Kept(Log(tips[0], graph, parts), tips, ends, known.ranges)


def save(cache: Cache, kept: Kept, before: Kept | None) -> None:
    """Puts in the cache what it lacks: the newest part and the index, or all as one part."""
    stored = {part.name for part in before.log.parts} if before else set()
    log = kept.log
    if len(log.parts) > _MOST_PARTS:
        texts = [text for part in log.parts for text in part.texts]
        log = Log(log.head, log.graph, (_part(texts, log.ids[0]),))
    if before and replace(kept, log=before.log) == before and log.parts == before.log.parts:
        return
    for part in log.parts:
        if part.name not in stored:
            _save_part(cache, log, part)
    index = {"head": log.head, "tips": kept.tips, "ends": kept.ends, "ranges": kept.ranges}
    cache.save_json(_INDEX, {**index, "parts": [(part.count, part.name) for part in log.parts]})
    names = {f"graph-{part.name}.json" for part in log.parts} | {
        f"text-{part.name}.txt" for part in log.parts
    }
    cache.prune("graph-", names)
    cache.prune("text-", names)


def _save_part(cache: Cache, log: Log, part: Part) -> None:
    """Puts the newest part in place."""
    merges = [back for back in log.graph.merges if back > len(log) - part.count]
    graph = {
        part.name: " ".join(log.ids[: part.count]),
        "first": log.graph.first[: part.count],
        "merges": merges,
        "further": [log.graph.merges[back] for back in merges],
    }
    cache.save(f"text-{part.name}.txt", b"\0".join(part.texts))
    cache.save_json(f"graph-{part.name}.json", graph)


def _part(texts: Sequence[bytes], newest: str) -> Part:
    """A part from texts at hand, named after what is in it."""
    return Part(len(texts), digest.of_bytes(f"{newest} {len(texts)}".encode())[:16], lambda: texts)


def _fetch(command: Command, cache: Cache, name: str, ids: Sequence[str]) -> Sequence[bytes]:
    """Texts of a part from the cache; from git, where the file is gone or damaged."""
    content = cache.load(f"text-{name}.txt")
    found = content.split(b"\0") if content is not None else []
    same = len(found) == len(ids) and all(
        text.startswith(b"commit " + one.encode()) for text, one in zip(found, ids, strict=True)
    )
    return found if same else _reading.texts(command, ids)
