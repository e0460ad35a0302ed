"""The log in the cache: an index, and for each time that commits were read their graph and their texts."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from release_portal import digest
from release_portal.git import _reading
from release_portal.git._command import Command
from release_portal.git._graph import Graph
from release_portal.git.cache import Cache
from release_portal.git.log import Log, Part
from release_portal.git.unverifiable import Unverifiable

_INDEX = "log.json"
_MOST_PARTS = 16


def read(command: Command, tips: Sequence[str], cache: Cache | None) -> Log:
    """The log of all that the tips reach; the first of them is HEAD. Only what the cache lacks is read.

    Raises:
        Unverifiable: a commit cannot be read.
    """
    tips = list(dict.fromkeys(tips))
    known = _known(command, cache) if cache else None
    log = _extended(command, tips, known, cache) if cache and known else None
    if log is None:
        texts, graph = _reading.since(command, tips, (), Graph())
        log, known = Log(tips[0], graph, (_part(texts),)), None
    if cache and (known is None or known["tips"] != tips):
        _keep(log, tips, known, cache)
    return log


def _known(command: Command, cache: Cache) -> dict[str, Any] | None:
    """The index, with the log that it describes under "log"."""
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
            joined, width = graph["ids"], len(index["head"])
            own = [joined[at : at + width] for at in range(0, len(joined), width)]
            if len(own) != count or len(graph["first"]) != count:
                raise ValueError
            ids += own
            first += graph["first"]
            merges.update((at, distances) for at, *distances in graph["merges"])
            parts.append(Part(count, name, partial(_fetch, command, cache, name, own)))
        return {**index, "log": Log(index["head"], Graph(ids, first, merges), tuple(parts))}
    except (LookupError, TypeError, ValueError):
        cache.note("the cached log is not whole: read again")
        return None


def _extended(command: Command, tips: list[str], known: dict[str, Any], cache: Cache) -> Log | None:
    """The cached log with what came since; None, with a note, where it no longer fits the repository."""
    old: Log = known["log"]
    if gone := set(known["tips"][1:]) - set(tips):
        cache.note(f"{len(gone)} tags were moved or deleted since the log was cached: read again")
        return None
    fresh = [tip for tip in tips if tip not in old]
    if not fresh and tips[0] == old.head:
        return old
    try:
        texts, graph = _reading.since(command, fresh, known["ends"], old.graph) if fresh else ([], old.graph)
    except (Unverifiable, LookupError):
        cache.note("the cached log is not of this repository: read again")
        return None
    log = Log(tips[0], graph, (_part(texts), *old.parts) if texts else old.parts)
    if not log.graph.reaches(tips[0], old.head):
        cache.note("HEAD does not descend from the cached one: read again")
        return None
    return log


def _keep(log: Log, tips: list[str], known: dict[str, Any] | None, cache: Cache) -> None:
    """Puts the log in the cache: its newest part, or all of it as one part."""
    if known is None or len(log.parts) > _MOST_PARTS:
        texts = [text for part in log.parts for text in part.texts]
        log = Log(log.head, log.graph, (_part(texts),))
        known = None
    fresh = log.parts[: len(log.parts) - (len(known["parts"]) if known else 0)]
    size = len(log)
    for part in fresh:  # one, or none where all tips were known
        text = b"\0".join(part.texts)
        cache.save(f"text-{part.name}.txt", text)
        own = range(size, size - part.count, -1)
        graph = {
            "ids": "".join(log.ids[: part.count]),
            "first": log.graph.first[: part.count],
            "merges": [[at, *log.graph.merges[at]] for at in own if at in log.graph.merges],
        }
        cache.save_json(f"graph-{part.name}.json", graph)
    index = {"head": log.head, "tips": tips, "ends": log.graph.ends(), "parts": [[p.count, p.name] for p in log.parts]}
    cache.save_json(_INDEX, index)
    keep = {f"{kind}-{part.name}.{end}" for part in log.parts for kind, end in (("graph", "json"), ("text", "txt"))}
    cache.prune("graph-", keep)
    cache.prune("text-", keep)


def _part(texts: Sequence[bytes]) -> Part:
    """A part from texts at hand, named after what is in it."""
    name = digest.of_bytes(b"\0".join(texts))[:16]
    return Part(len(texts), name, lambda: texts)


def _fetch(command: Command, cache: Cache, name: str, ids: Sequence[str]) -> Sequence[bytes]:
    """Texts of a part from the cache; from git, where the file is gone or damaged."""
    content = cache.load(f"text-{name}.txt")
    found = content.split(b"\0") if content is not None else []
    return found if len(found) == len(ids) else _reading.texts(command, ids)
