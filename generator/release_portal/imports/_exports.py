"""What files that a forge exported hold: groups of fields, each with its file, by kind."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from release_portal.evidence._evidence import Unusable
from release_portal.imports._document import Group, json_document
from release_portal.imports._importer import Input, Read, Request, of_each

Item = tuple[Input, Group]


def of_kinds(request: Request, kinds: Mapping[str, tuple[str, ...]], expected: str) -> dict[str, list[Item]]:
    """What the exports hold, by its kind: the first one whose keys it has. `expected` names them all for the user.

    Raises:
        Misconfigured: an export cannot be used, or holds something else.

    """

    def sorted_(file: Input) -> list[tuple[str, Item]]:
        return [(_kind(one, kinds, expected), (file, one)) for one in _groups(file)]

    found = [pair for each in of_each(request.files, sorted_) for pair in each]
    return {kind: [item for one, item in found if one == kind] for kind in kinds}


def _kind(one: Group, kinds: Mapping[str, tuple[str, ...]], expected: str) -> str:
    for kind, keys in kinds.items():
        if all(key in one for key in keys):
            return kind
    raise Unusable(f"holds something that is no {expected}")


def _groups(file: Input) -> list[Group]:
    """The groups of fields in an export: one, a list, or a list of pages.

    Raises:
        Unusable: it is no JSON, holds nothing, or holds something else.

    """
    document: Any = json_document(file.data)
    listed = document if isinstance(document, list) else [document]
    pages = [one if isinstance(one, list) else [one] for one in listed]
    found = [one for page in pages for one in page]
    if not found:
        raise Unusable("holds nothing: the export is an empty list")
    if not all(isinstance(one, dict) for one in found):
        raise Unusable("holds something else than groups of fields")
    return found


def from_each(listed: Iterable[Item], read: Callable[[Group], Read]) -> list[Read]:
    """What is read from each item.

    Raises:
        Misconfigured: one cannot be used; the message names its file.

    """
    found: list[Read] = []
    for file, one in listed:
        found += of_each([file], partial(_past, read, one))
    return found


def _past(read: Callable[[Group], Read], one: Group, _: Input) -> Read:
    return read(one)
