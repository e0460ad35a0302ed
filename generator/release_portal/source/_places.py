"""Where each value of a YAML document stands, built from the parser's events; what no record may hold stops it.

The careful reading beside the quick one of `_values`: needed for the few records whose places somebody asks for, and
for those that are no plain YAML.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the published types leave it out

from release_portal.finding import Location
from release_portal.source._hidden import HIDDEN, told
from release_portal.source._unreadable import Unreadable
from release_portal.source._values import MAX_DEPTH
from release_portal.source._words import HINT, MESSAGE, OVERLONG

_ADVICE = {
    "mapping values are not allowed": "quote text that holds a colon and a space",
    "could not find expected ':'": "check the indentation and the quotes above this line",
    "did not find expected": "check the indentation and the quotes above this line",
    "found character that cannot start any token": "quote text that starts with @, `, % or a tab",
    "exceeded maximum nesting depth": "flatten the record",
}
_WRITE_OUT = "write the value out"
_At = tuple[int, int]  # line and column, from zero


@dataclass(slots=True)
class Node:
    """Where a value stands: `at` its own place, `key` that of its key, as zero-based (line, column).

    `children` are those of a collection, by key or by index; a scalar has none.
    """

    at: _At
    key: _At
    children: dict[str | int, "Node"]
    mapping: bool = False


def places(path: str, text: str, first_line: int) -> Node:
    """Places of one YAML document that begins `first_line` lines into its file.

    Raises:
        Unreadable: it is not YAML, or more than plain YAML.

    """
    try:
        return _Builder(path, first_line).build(CParser(text).get_event)
    except yaml.MarkedYAMLError as error:
        mark, problem = error.problem_mark, str(error.problem)
        place = Location(path, mark.line + first_line + 1, mark.column + 1) if mark else Location(path)
        advice = next((advice for words, advice in _ADVICE.items() if words in problem), "")
        raise Unreadable("malformed-yaml", place, f"not YAML: {problem}", advice) from error
    except yaml.YAMLError as error:
        words = str(error).partition("\n")[0]
        raise Unreadable("malformed-yaml", Location(path), f"not YAML: {words}", "") from error


class _Builder:
    """One document in the making.

    `inside` is the innermost open collection; `key` is the key that waits for its value there, with its own
    place. `outer` holds the same of the collections around it.
    """

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.root = Node((first_line, 0), (first_line, 0), {})
        self.inside: Node | None = None
        self.key: tuple[str, _At] | None = None
        self.outer: list[tuple[Node | None, tuple[str, _At] | None]] = []

    def build(self, event_of: Callable[[], Any]) -> Node:
        """Places of the document that a parser tells of, event by event."""
        documents = 0
        while not isinstance(event := event_of(), yaml.StreamEndEvent):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._collection(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.inside, self.key = self.outer.pop()
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(event, "unsafe-yaml", f"alias '*{event.anchor}'", _WRITE_OUT)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        event, "malformed-yaml", "holds several documents", "keep one record in a file"
                    )
        return self.root

    def _scalar(self, event: Any) -> None:
        self._check_marks(event)
        hidden = HIDDEN.search(event.value) if event.style == '"' else None
        if hidden:  # an escape may spell what no file may hold
            self._refuse(event, "hidden-characters", told(hidden[0]), "remove its escape")
        if event.style == '"' and OVERLONG.search(event.value):  # put together from several lines
            self._refuse(event, "unsafe-yaml", MESSAGE, HINT)
        if self.inside and self.inside.mapping and self.key is None:
            self._check_key(event, event.value)
            self.key = (event.value, self._at(event))
        else:
            self._put(Node(self._at(event), self._at(event), {}))

    def _collection(self, event: Any) -> None:
        self._check_marks(event)
        if len(self.outer) >= MAX_DEPTH:
            self._refuse(event, "unsafe-yaml", f"nested deeper than {MAX_DEPTH} levels", "flatten the record")
        if self.inside and self.inside.mapping and self.key is None:
            self._refuse(event, "malformed-yaml", "a key must be plain text", "quote the key")
        at = self._at(event)
        node = Node(at, at, {}, isinstance(event, yaml.MappingStartEvent))
        self._put(node)
        self.outer.append((self.inside, self.key))
        self.inside, self.key = node, None

    def _put(self, node: Node) -> None:
        """Put a place where it belongs: below the key that waits, at the list's end, or at the root."""
        if self.inside is None:
            self.root = node
        elif self.key is None:
            self.inside.children[len(self.inside.children)] = node
        else:
            name, node.key = self.key
            self.inside.children[name] = node
            self.key = None

    def _check_key(self, event: Any, key: str) -> None:
        if key == "<<":
            self._refuse(event, "unsafe-yaml", "merge key '<<'", "write the merged keys out")
        first = self.inside.children.get(key) if self.inside else None
        if first:
            message = f"key '{key}' stands here and on line {first.key[0] + 1}"
            self._refuse(event, "duplicate-key", message, "keep one of them")

    def _check_marks(self, event: Any) -> None:
        if event.tag is not None:
            hint = "remove the tag: the schema knows the type"
            self._refuse(event, "unsafe-yaml", f"tag {event.tag!r}", hint)
        if event.anchor is not None:
            self._refuse(event, "unsafe-yaml", f"anchor '&{event.anchor}'", _WRITE_OUT)

    def _at(self, event: Any) -> _At:
        return event.start_mark.line + self.first_line, event.start_mark.column

    def _refuse(self, event: Any, rule: str, message: str, hint: str) -> NoReturn:
        line, column = self._at(event)
        raise Unreadable(rule, Location(self.path, line + 1, column + 1), message, hint)
