"""Graphs as bytes, the way they stand in the cache: columns in one line of JSON and in binary."""

import json
import sys
from array import array
from collections.abc import Iterable, Sequence

from release_portal.git._graph import Graph, by_id


def packed(graph: Graph, count: int, name: str) -> bytes:
    """The newest commits of a graph. Read again, they stand under the same name."""
    width = len(graph.names) // len(graph)
    merges = [back for back in graph.merges if back > len(graph) - count]
    head = {
        "name": name,
        "count": count,
        "width": width,
        "byte order": sys.byteorder,
        "merges": merges,
        "further": [graph.merges[back] for back in merges],
    }
    order = graph.orders[0] if len(graph.orders[0]) == count else by_id(graph.some(0, count))
    columns = (graph.names[: count * width], graph.first[:count].tobytes(), order.tobytes())
    return json.dumps(head).encode() + b"\n" + b"".join(columns)


def unpacked(contents: Iterable[tuple[str, bytes]], ends: Sequence[str]) -> Graph:
    """The graph of parts by name, the newest one first.

    Raises:
        ValueError: a part is not what it should be.
        LookupError: the same.

    """
    names, first, orders, merges = b"", array("I"), [], dict[int, Sequence[int]]()
    for name, content in contents:
        line, _, columns = content.partition(b"\n")
        head = json.loads(line)
        size, numbers = head["count"] * head["width"], head["count"] * first.itemsize
        if (head["name"], head["byte order"], len(columns)) != (name, sys.byteorder, size + 2 * numbers):
            raise ValueError("another part, or of another kind of machine")
        names += columns[:size]
        first.frombytes(columns[size : size + numbers])
        orders.append(array("I", columns[size + numbers :]))
        merges.update(zip(head["merges"], head["further"], strict=True))
    return Graph(names, first, merges, tuple(orders), ends)
