"""YAML that a person wrote, changed in places: comments, order, quotes and folds stay as they are.

Only `source` reads records; this is given what `source` has read and found harmless. Scalars are text here too, so
that none is rewritten.
"""

import copy
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
)
from ruamel.yaml.tokens import CommentToken

from release_portal.imports._importer import Value

_ENDLESS = 1 << 20
# What other readers of YAML would take for a number, a flag or nothing; counts and instants read alike either way.
_QUOTED = re.compile(r"[0-9a-f]{40,64}|[0-9]+\.[0-9.]+|y|n|yes|no|on|off|true|false|null|~|%", re.IGNORECASE)
_LAYOUTS = ((4, 2), (2, 0))  # a dash set in below its key, or not


class _Text(VersionedResolver):
    """Takes every plain scalar for text."""

    @property
    def versioned_resolver(self) -> Mapping[str, Any]:
        return {}


class Layout:
    """How a file is written: where the dashes of its lists stand."""

    def __init__(self, text: str) -> None:
        """Find the layout that gives back a text just as it is; the house's own where none does."""
        self.keeps = True
        for sequence, offset in _LAYOUTS:
            self._yaml = _yaml(sequence, offset)
            if self.dump(self.load(text)) == text:
                return
        self.keeps, self._yaml = False, _yaml(*_LAYOUTS[0])

    def load(self, text: str) -> Any:
        """The values of a document, with all that stands around them."""
        return self._yaml.load(text)

    def dump(self, document: Any) -> str:
        """The text of a document."""
        stream = io.StringIO()
        self._yaml.dump(document, stream)
        return stream.getvalue()


def append(listing: Any, value: Any) -> None:
    """Put a value at the end of a list. A comment below the list stays below it, though ruamel.yaml has it inside."""
    if not listing:
        listing.fa.set_block_style()
        listing.append(value)
        return
    below = _cut_tail(listing)
    listing.append(value)
    _put_tail(listing, below)


def replace(listing: Any, at: int, value: Any) -> None:
    """Put a value in the place of a group. What stands below the group stays below."""
    below = _cut_tail(listing[at])
    listing[at] = value
    _put_tail(value, below)


def is_bare(group: Any) -> bool:
    """Whether no comment stands within a group; what stands on the lines below it is not within."""
    within = copy.deepcopy(group)
    _cut_tail(within)
    return not any("#" in words for words in _comments(within))


def _comments(value: Any) -> Iterator[str]:
    """All that stands between the values of a collection."""
    if isinstance(value, CommentedMap | CommentedSeq):
        for tokens in value.ca.items.values():
            for token in tokens:
                yield from (one.value for one in (token if isinstance(token, list) else [token]) if one)
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _comments(inner)


def _put_tail(collection: Any, below: str) -> None:
    """Put lines below the last value of a collection that has no comment of its own."""
    if below:
        holder, key, at = _last(collection)
        token = CommentToken(f"\n{below}", CommentMark(0), None)
        holder.ca.items[key] = [token] if at == 0 else [None, None, token, None]


def _lasts(collection: Any) -> Iterator[tuple[Any, Any, int]]:
    """The last place of a collection, and of each within it: collection, key, and where its comment is kept."""
    while isinstance(collection, CommentedMap | CommentedSeq) and collection:
        is_list = isinstance(collection, list)
        key = len(collection) - 1 if is_list else next(reversed(collection))
        yield collection, key, 0 if is_list else 2
        collection = collection[key]


def _last(listing: Any) -> tuple[Any, Any, int]:
    """The innermost last place that begins a line."""
    return [place for place in _lasts(listing) if not place[0].fa.flow_style()][-1]


def _cut_tail(listing: Any) -> str:
    """Take away what stands on the lines below a list's last value, up to the next key; gives it."""
    for holder, key, at in _lasts(listing):
        tokens = holder.ca.items.get(key)
        token = tokens[at] if tokens and len(tokens) > at else None
        if token is None:
            continue
        if isinstance(holder[key], FoldedScalarString | LiteralScalarString):  # no comment ends their lines
            tokens[at] = None
            return str(token.value)
        first, _, below = token.value.partition("\n")
        token.value = f"{first}\n"
        return str(below)
    return ""


def new_list() -> Any:
    """A list without entries."""
    return CommentedSeq()


def new_text(text: str) -> Any:
    """A text, quoted where other readers would take it for something else."""
    return DoubleQuotedScalarString(text) if _QUOTED.fullmatch(text) else text


def new_value(value: Value) -> Any:
    """A value to be put into a document. Lists of words, and groups within lists of them, stand on one line."""
    if isinstance(value, dict):
        return CommentedMap({key: new_value(inner) for key, inner in value.items()})
    if isinstance(value, list):
        items = CommentedSeq([new_value(one) for one in value])
        if all(isinstance(one, str) for one in value):
            items.fa.set_flow_style()
        return items
    return new_text(str(value))


def _yaml(sequence: int, offset: int) -> YAML:
    yaml = YAML()
    yaml.Resolver = _Text
    yaml.preserve_quotes = True
    yaml.width = _ENDLESS
    yaml.indent(mapping=2, sequence=sequence, offset=offset)
    return yaml
