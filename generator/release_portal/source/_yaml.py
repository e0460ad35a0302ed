"""YAML to values with their places, built from the parser's events; what no record may hold stops it."""

from collections.abc import Iterable
from typing import Any, NoReturn

import yaml

from release_portal.finding import Location
from release_portal.source._source import Node, Unreadable, Value

MAX_DEPTH = 64
_ADVICE = {
    "mapping values are not allowed": "quote text that holds a colon and a space",
    "could not find expected ':'": "check the indentation and the quotes above this line",
    "did not find expected": "check the indentation and the quotes above this line",
    "found character that cannot start any token": "quote text that starts with @, `, % or a tab",
    "exceeded maximum nesting depth": "flatten the record",
}
_WRITE_OUT = "write the value out"


def load(path: str, text: str, first_line: int) -> tuple[Value, Node]:
    """Values and places of one YAML document that begins `first_line` lines into its file.

    Raises:
        Unreadable: it is not YAML, or more than plain YAML.

    """
    try:
        return _Builder(path, first_line).build(yaml.parse(text, Loader=yaml.CLoader))
    except yaml.MarkedYAMLError as error:
        mark, problem = error.problem_mark, str(error.problem)
        place = Location(path, mark.line + first_line + 1, mark.column + 1) if mark else Location(path)
        advice = next((advice for words, advice in _ADVICE.items() if words in problem), "")
        raise Unreadable("malformed-yaml", place, f"not YAML: {problem}", advice) from error
    except yaml.YAMLError as error:
        words = str(error).partition("\n")[0]
        raise Unreadable("malformed-yaml", Location(path), f"not YAML: {words}", "") from error


class _Builder:
    """One document in the making: the collections that are open, innermost last."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.data: Value = None
        self.root = Node((first_line, 0), (first_line, 0))
        self.open: list[tuple[Value, Node]] = []
        self.keys: list[tuple[str, tuple[int, int]] | None] = []  # of each open mapping, the key that waits

    def build(self, events: Iterable[Any]) -> tuple[Value, Node]:
        """Values and places of the document that the events tell of."""
        documents = 0
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._collection(event, {})
            elif kind is yaml.SequenceStartEvent:
                self._collection(event, [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.open.pop()
                self.keys.pop()
            elif kind is yaml.AliasEvent:
                self._refuse(event, "unsafe-yaml", f"alias '*{event.anchor}'", _WRITE_OUT)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    hint = "keep one record in a file"
                    self._refuse(event, "malformed-yaml", "holds several documents", hint)
        return self.data, self.root

    def _scalar(self, event: Any) -> None:
        self._guard(event)
        value = event.value
        at = (event.start_mark.line + self.first_line, event.start_mark.column)
        if self._expects_key():
            self._check_key(event, value)
            self.keys[-1] = (value, at)
        else:  # a value that is not there at all is None; `""` and `null` are the texts that they are
            absent = not value and event.implicit[0] and not event.style
            self._place(None if absent else value, Node(at, at))

    def _collection(self, event: Any, value: Value) -> None:
        self._guard(event)
        if len(self.open) >= MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            self._refuse(event, "unsafe-yaml", message, "flatten the record")
        if self._expects_key():
            self._refuse(event, "malformed-yaml", "a key must be plain text", "quote the key")
        at = (event.start_mark.line + self.first_line, event.start_mark.column)
        node = Node(at, at)
        self._place(value, node)
        self.open.append((value, node))
        self.keys.append(None)

    def _place(self, value: Value, node: Node) -> None:
        """Put a value where it belongs: below the key that waits, at the list's end, or at the root."""
        if not self.open:
            self.data, self.root = value, node
            return
        parent, parent_node = self.open[-1]
        waiting = self.keys[-1]
        if waiting is None:
            parent_node.children[len(parent)] = node
            parent.append(value)
        else:
            key, node.key = waiting
            parent[key] = value
            parent_node.children[key] = node
            self.keys[-1] = None

    def _expects_key(self) -> bool:
        return bool(self.open) and type(self.open[-1][0]) is dict and self.keys[-1] is None

    def _check_key(self, event: Any, key: str) -> None:
        mapping, node = self.open[-1]
        if key == "<<":
            self._refuse(event, "unsafe-yaml", "merge key '<<'", "write the merged keys out")
        if key in mapping:
            message = f"key '{key}' stands here and on line {node.children[key].key[0] + 1}"
            self._refuse(event, "duplicate-key", message, "keep one of them")

    def _guard(self, event: Any) -> None:
        if event.tag is not None:
            hint = "remove the tag: the schema knows the type"
            self._refuse(event, "unsafe-yaml", f"tag {event.tag!r}", hint)
        if event.anchor is not None:
            self._refuse(event, "unsafe-yaml", f"anchor '&{event.anchor}'", _WRITE_OUT)

    def _refuse(self, event: Any, rule: str, message: str, hint: str) -> NoReturn:
        mark = event.start_mark
        place = Location(self.path, mark.line + self.first_line + 1, mark.column + 1)
        raise Unreadable(rule, place, message, hint)
