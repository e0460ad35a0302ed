"""YAML to values with their places, built from the parser's events; what no record may hold stops it."""

from collections.abc import Callable
from typing import Any, NoReturn

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the published types leave it out

from release_portal.finding import Location
from release_portal.source._hidden import HIDDEN, told
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

    `inside` is the innermost open collection and `place` its place; `key` is the key that waits for its value
    there, with its own place. `outer` holds the same of the collections around it. Every value of every record
    passes here, so the loop does no more than it must.
    """

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.data: Value = None
        self.root = self.place = Node((first_line, 0), (first_line, 0))
        self.inside: Value = None
        self.key: tuple[str, tuple[int, int]] | None = None
        self.outer: list[tuple[Value, Node, tuple[str, tuple[int, int]] | None]] = []

    def build(self, event_of: Callable[[], Any]) -> tuple[Value, Node]:
        """Values and places of the document that a parser tells of, event by event."""
        documents = 0
        while (kind := type(event := event_of())) is not yaml.StreamEndEvent:
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent:
                self._collection(event, {})
            elif kind is yaml.SequenceStartEvent:
                self._collection(event, [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.inside, self.place, self.key = self.outer.pop()
            elif kind is yaml.AliasEvent:
                self._refuse(event, "unsafe-yaml", f"alias '*{event.anchor}'", _WRITE_OUT)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    hint = "keep one record in a file"
                    self._refuse(event, "malformed-yaml", "holds several documents", hint)
        return self.data, self.root

    def _scalar(self, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_marked(event)
        value, mark = event.value, event.start_mark
        if event.style == '"' and (
            hidden := HIDDEN.search(value)
        ):  # an escape may spell what no file may hold
            self._refuse(event, "hidden-characters", told(hidden[0]), "remove its escape")
        at = (mark.line + self.first_line, mark.column)
        if self.key is None and type(self.inside) is dict:
            self._check_key(event, value)
            self.key = (value, at)
        elif value or event.style or not event.implicit[0]:
            self._put(value, Node(at, at))
        else:  # a value that is not there at all is None; `""` and `null` are the texts that they are
            self._put(None, Node(at, at))

    def _collection(self, event: Any, value: Value) -> None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_marked(event)
        if len(self.outer) >= MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH} levels"
            self._refuse(event, "unsafe-yaml", message, "flatten the record")
        if self.key is None and type(self.inside) is dict:
            self._refuse(event, "malformed-yaml", "a key must be plain text", "quote the key")
        at = (event.start_mark.line + self.first_line, event.start_mark.column)
        node = Node(at, at, {})
        self._put(value, node)
        self.outer.append((self.inside, self.place, self.key))
        self.inside, self.place, self.key = value, node, None

    def _put(self, value: Value, node: Node) -> None:
        """Put a value where it belongs: below the key that waits, at the list's end, or at the root."""
        if self.key is not None:
            name, node.key = self.key
            self.inside[name], self.place.children[name] = value, node
            self.key = None
        elif self.inside is None:
            self.data, self.root = value, node
        else:
            self.place.children[len(self.inside)] = node
            self.inside.append(value)

    def _check_key(self, event: Any, key: str) -> None:
        if key == "<<":
            self._refuse(event, "unsafe-yaml", "merge key '<<'", "write the merged keys out")
        if key in self.inside:
            message = f"key '{key}' stands here and on line {self.place.children[key].key[0] + 1}"
            self._refuse(event, "duplicate-key", message, "keep one of them")

    def _refuse_marked(self, event: Any) -> NoReturn:
        if event.tag is not None:
            hint = "remove the tag: the schema knows the type"
            self._refuse(event, "unsafe-yaml", f"tag {event.tag!r}", hint)
        self._refuse(event, "unsafe-yaml", f"anchor '&{event.anchor}'", _WRITE_OUT)

    def _refuse(self, event: Any, rule: str, message: str, hint: str) -> NoReturn:
        mark = event.start_mark
        place = Location(self.path, mark.line + self.first_line + 1, mark.column + 1)
        raise Unreadable(rule, place, message, hint)
