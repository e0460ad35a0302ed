"""YAML to values, without their places: the quick reading of a document that is as a record should be.

What is anything else is `Unusual`, and left to the careful reading in `_yaml`, which tells what and where.
"""

from collections.abc import Callable
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the published types leave it out

from release_portal.source._hidden import HIDDEN
from release_portal.source._words import OVERLONG

Value = Any  # str | list[Value] | dict[str, Value] | None: a recursive alias costs more than it tells here
MAX_DEPTH = 64


class Unusual(Exception):  # noqa: N818  # not known to be an error before it is read with care
    """A document that plain records do not look like."""


def values(text: str) -> Value:
    """Values of one YAML document.

    Raises:
        Unusual: it holds more than plain YAML, or none.

    """
    try:
        return _built(CParser(text).get_event)
    except yaml.YAMLError as error:
        raise Unusual from error


def _built(event_of: Callable[[], Any]) -> Value:
    """The document that a parser tells of, event by event.

    `inside` is the innermost open collection and `key` the key that waits for its value there; `outer` holds the
    same of the collections around it. Every value of every record passes here, so it is one loop over locals.
    """
    root: list[Value] = []
    inside: Any = root
    key: str | None = None
    outer: list[tuple[Any, str | None]] = []
    while True:
        event = event_of()
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Value = event.value
            style = event.style
            if event.tag is not None or event.anchor is not None:
                raise Unusual
            if style == '"' and (HIDDEN.search(value) or OVERLONG.search(value)):
                raise Unusual
            if key is None and type(inside) is dict:
                if value in inside or value == "<<":
                    raise Unusual
                key = value
                continue
            if not value and not style and event.implicit[0]:
                value = None  # a value that is not there at all; `""` and `null` are the texts that they are
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            inside, key = outer.pop()
            continue
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            nameless = key is None and type(inside) is dict
            if nameless or event.tag is not None or event.anchor is not None or len(outer) >= MAX_DEPTH:
                raise Unusual
            value = {} if kind is yaml.MappingStartEvent else []
        elif kind is yaml.StreamEndEvent:
            break
        elif kind is yaml.AliasEvent:
            raise Unusual
        else:
            continue  # where a document begins and ends
        if key is None:
            inside.append(value)
        else:
            inside[key] = value
        if kind is not yaml.ScalarEvent:
            outer.append((inside, None))
            inside = value
        key = None
    if len(root) > 1:
        raise Unusual
    return root[0] if root else None
