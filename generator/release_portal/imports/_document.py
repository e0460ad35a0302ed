"""Files of other people's tools, read within limits: JSON and XML, whole or not at all."""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

from release_portal.evidence._evidence import DEPTH, Unusable
from release_portal.wording import printable, shown

_LONGEST = 200
_NUMBER = re.compile(
    r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?"
)  # Python's float takes 1_0 and digits of any script
Group = dict[str, Any]
Enter = Callable[[tuple[str, ...], Mapping[str, str]], None]


def json_document(data: bytes) -> Any:
    """The values of a JSON file.

    Raises:
        Unusable: it is no JSON, nested deeper than `DEPTH`, names a key twice, or holds a number that is none.

    """
    try:
        document = json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as error:
        raise Unusable(f"is nested more than {DEPTH} levels deep") from error
    except ValueError as error:
        raise Unusable(f"is no JSON: {error}") from error
    level, depth = [document], 0
    while level := [inner for one in level for inner in _inside(one)]:
        depth += 1
        if depth > DEPTH:
            raise Unusable(f"is nested more than {DEPTH} levels deep")
    return document


def json_group(data: bytes) -> Group:
    """The same, where the outermost value is a group of fields."""
    document = json_document(data)
    if not isinstance(document, dict):
        raise Unusable("is no group of fields")
    return document


def walk_xml(data: bytes, enter: Enter) -> None:
    """Call `enter` for each element, with the names of the elements around it and its own, and its attributes.

    Raises:
        Unusable: it is no XML, declares a document type, or is nested deeper than `DEPTH`.

    """
    above: list[str] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if len(above) >= DEPTH:
            raise Unusable(f"is nested more than {DEPTH} levels deep")
        above.append(name)
        enter(tuple(above), attributes)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.StartElementHandler, parser.EndElementHandler = start, lambda _: above.pop()
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes no keyword
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unusable(f"is no XML: {error}") from error


def text(of: Any, *route: str | int) -> str:
    """The text at a route of keys and indexes, on one line and fit to be shown; empty where there is none."""
    for step in route:
        try:
            of = of[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return printable(" ".join(of.split()))[:_LONGEST] if isinstance(of, str) else ""


def groups(of: Any, key: str) -> list[Group]:
    """The groups of fields in the list under a key; none where there is no such list."""
    found = of.get(key) if isinstance(of, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def instant(said: str, what: str) -> datetime | None:
    """The instant that a text names; None for no text, and for a time without a zone, which is no instant.

    Raises:
        Unusable: it is no time.

    """
    if not said:
        return None
    try:
        found = datetime.fromisoformat(said)
    except ValueError as error:
        raise Unusable(f"gives {shown(said)} as {what}, which is no time") from error
    return found if found.tzinfo else None


def written(at: datetime | None) -> str:
    """An instant as records write it; empty for none."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else ""


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _once(pairs: list[tuple[str, Any]]) -> Group:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise Unusable(f"names the key {shown(double)} twice in one group")
    return found


def _no_number(word: str) -> float:
    raise Unusable(f"holds {word}, which is no number")


def _no_document_type(*_: object) -> None:
    raise Unusable("declares a document type, which no report needs")


def finite(value: object, what: str) -> float:
    """The number that a value is, or is the text of.

    Raises:
        Unusable: it is none, or is not finite.

    """
    found = float(str(value)) if _NUMBER.fullmatch(str(value)) else math.nan
    if not math.isfinite(found):
        raise Unusable(f"gives {shown(value)} as {what}, which is no number")
    return found
