"""A file that knows the line and column of every value: the only reader of YAML.

What comes out is text, lists and mappings. A scalar is the text that stands in the file: `1.10` stays
`1.10`, `NO` stays `NO`. The guards run on the parser's events, before anything is built from them, so
a hostile file costs no more than its first bad event.
"""

import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from release_portal import digest
from release_portal.finding import Location

MAX_BYTES = 256 * 1024
MAX_DEPTH = 64
Value = Any  # str | list[Value] | dict[str, Value] | None: recursive aliases cost more than they tell here

# Controls but tab and line ends, surrogates, bidirectional marks, zero-width characters, and the line
# separators that editors and parsers count differently. ZWNJ and ZWJ stay: several scripts need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_FENCE = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_HEADING = re.compile(r"^## +(.+?)[ #]*$")


class Unreadable(Exception):  # noqa: N818  # a user's file, not an error of ours
    """A file that cannot be read as a record. Always caught by whoever called `read`, and told as a finding."""

    def __init__(self, rule: str, location: Location, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.location, self.message, self.hint = rule, location, message, hint


@dataclass(slots=True)
class _Node:
    """Where a value stands: `at` its own place, `key` that of its key, as zero-based (line, column)."""

    at: tuple[int, int]
    key: tuple[int, int]
    children: dict[str | int, "_Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its text, its values with their places, and the Markdown below the front matter.

    `path` is relative to the portal's root; `body_line` is the line, from 1, on which `body` begins;
    `digest` is the SHA-256 that `sha256sum` prints for the file.
    """

    path: str
    text: str
    data: Value
    digest: str
    body: str = ""
    body_line: int = 1
    _root: _Node = field(default_factory=lambda: _Node((0, 0), (0, 0)), repr=False)

    def value(self, *route: str | int) -> Value:
        """The value at a route of keys and indexes; None where there is none."""
        here = self.data
        for step in route:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        return here

    def locate(self, *route: str | int) -> Location:
        """Place of the value at a route; of its nearest parent where there is none."""
        node = self._nearest(route)
        return Location(self.path, node.at[0] + 1, node.at[1] + 1)

    def locate_key(self, *route: str | int) -> Location:
        """Place of the key that leads to the value at a route; of its nearest parent's where there is none."""
        node = self._nearest(route)
        return Location(self.path, node.key[0] + 1, node.key[1] + 1)

    def sections(self) -> dict[str, str]:
        """Text below each `##` heading of the Markdown body, stripped."""
        found: dict[str, list[str]] = {}
        lines: list[str] = []
        for line in self.body.splitlines():
            heading = _HEADING.match(line)
            if heading:
                lines = found.setdefault(heading[1], [])
            else:
                lines.append(line)
        return {title: "\n".join(lines).strip() for title, lines in found.items()}

    def locate_section(self, title: str) -> Location:
        """Place of a `##` heading; of the body's first line where there is none."""
        for number, line in enumerate(self.body.splitlines()):
            heading = _HEADING.match(line)
            if heading and heading[1] == title:
                return Location(self.path, self.body_line + number, 1)
        return Location(self.path, self.body_line, 1)

    def _nearest(self, route: tuple[str | int, ...]) -> _Node:
        node = self._root
        for step in route:
            child = node.children.get(step)
            if child is None:
                break
            node = child
        return node


def read(root: Path, path: str) -> Source:
    """Read a YAML or Markdown file below `root`.

    Raises:
        Unreadable: the file is no regular file, too large, not UTF-8, or not plain YAML.
    """
    return parse(path, read_bytes(root, path))


def read_bytes(root: Path, path: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Links are never followed.

    Raises:
        Unreadable: it is something else, larger, or cannot be opened.
    """
    try:
        descriptor = os.open(root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        words = error.strerror or "cannot be opened"
        raise Unreadable("irregular-file", Location(path), f"cannot be read: {words}", "commit a regular file") from error
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable("irregular-file", Location(path), "is no regular file", "commit a regular file")
        content = file.read(limit + 1)
    if len(content) > limit:
        message = f"is larger than {limit // 1024} KB"
        raise Unreadable("unsafe-yaml", Location(path), message, "split the record, or copy bulk data to evidence/")
    return content


def parse(path: str, content: bytes) -> Source:
    """Parse the bytes of a file; the ending of `path` tells YAML (`.yaml`) from Markdown (`.md`).

    Raises:
        Unreadable: as `read`.
    """
    text = _decode(path, content)
    known = digest.of_text(content)
    if not path.endswith(".md"):
        data, root = _load(path, text, 0)
        return Source(path, text, data, known, _root=root)
    opening = _FENCE.match(text)
    if not opening:
        return Source(path, text, {}, known, body=text)
    closing = _CLOSE.search(text, opening.end())
    if not closing:
        hint = "end the front matter with a line of three dashes"
        raise Unreadable("malformed-yaml", Location(path), "front matter does not end", hint)
    data, root = _load(path, text[opening.end() : closing.start()], 1)
    body = text[closing.end() + 1 :]
    line = text.count("\n", 0, closing.end() + 1) + 1
    return Source(path, text, {} if data is None else data, known, body=body, body_line=line, _root=root)


def _decode(path: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        place = Location(path, line, column)
        raise Unreadable("hidden-characters", place, "is not UTF-8 text", "save the file as UTF-8") from error
    hidden = _HIDDEN.search(text)
    if hidden:
        line = text.count("\n", 0, hidden.start()) + 1
        column = hidden.start() - (text.rfind("\n", 0, hidden.start()) + 1) + 1
        code = f"U+{ord(hidden[0]):04X}"
        words = unicodedata.name(hidden[0], "control character").lower()
        raise Unreadable("hidden-characters", Location(path, line, column), f"hidden character {code}, {words}", "remove it")
    return text


def _load(path: str, text: str, first_line: int) -> tuple[Value, _Node]:
    """Values and places of one YAML document that begins `first_line` lines into its file."""
    try:
        return _Builder(path, first_line).build(yaml.parse(text, Loader=yaml.CLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = Location(path, mark.line + first_line + 1, mark.column + 1) if mark else Location(path)
        raise Unreadable("malformed-yaml", place, f"not YAML: {error.problem}", _advice(str(error.problem))) from error
    except yaml.YAMLError as error:
        words = str(error).splitlines()[0]
        raise Unreadable("malformed-yaml", Location(path), f"not YAML: {words}", "") from error


def _advice(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "quote text that holds a colon and a space"
    if "could not find expected ':'" in problem or "did not find expected" in problem:
        return "check the indentation and the quotes above this line"
    if "found character that cannot start any token" in problem:
        return "quote text that starts with @, `, % or a tab"
    return ""


class _Builder:
    """Builds values from parser events, and stops at the first event that no record may hold."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path = path
        self.first_line = first_line

    def build(self, events: Any) -> tuple[Value, _Node]:
        data: Value = None
        root = _Node((self.first_line, 0), (self.first_line, 0))
        documents = 0
        # One entry per open collection: (value, node, pending key or None, place of that key)
        stack: list[tuple[Value, _Node]] = []
        keys: list[tuple[str, tuple[int, int]] | None] = []
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                value: Value = event.value
                if event.tag is not None:
                    self._refuse(event, "unsafe-yaml", f"tag {event.tag!r}", "remove the tag: the schema knows the type")
                if not value and event.implicit[0] and not event.style:
                    value = None
                at = (event.start_mark.line + self.first_line, event.start_mark.column)
                if stack and type(stack[-1][0]) is dict and keys[-1] is None:
                    self._check_key(event, stack[-1], value)
                    keys[-1] = ("" if value is None else value, at)
                    continue
                node = _Node(at, at)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if event.tag is not None:
                    self._refuse(event, "unsafe-yaml", f"tag {event.tag!r}", "remove the tag: the schema knows the type")
                if len(stack) >= MAX_DEPTH:
                    self._refuse(event, "unsafe-yaml", f"nested deeper than {MAX_DEPTH} levels", "flatten the record")
                if stack and type(stack[-1][0]) is dict and keys[-1] is None:
                    self._refuse(event, "malformed-yaml", "a key must be plain text", "quote the key")
                value = {} if kind is yaml.MappingStartEvent else []
                at = (event.start_mark.line + self.first_line, event.start_mark.column)
                node = _Node(at, at)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                stack.pop()
                keys.pop()
                continue
            elif kind is yaml.AliasEvent:
                self._refuse(event, "unsafe-yaml", f"alias '*{event.anchor}'", "write the value out")
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse(event, "malformed-yaml", "holds several documents", "keep one record in a file")
                continue
            else:
                continue
            if event.anchor is not None:
                self._refuse(event, "unsafe-yaml", f"anchor '&{event.anchor}'", "write the value out")
            if stack:
                parent, parent_node = stack[-1]
                if type(parent) is dict:
                    key, key_at = keys[-1]  # type: ignore[misc]  # a value follows its key
                    parent[key] = value
                    node.key = key_at
                    parent_node.children[key] = node
                    keys[-1] = None
                else:
                    parent_node.children[len(parent)] = node
                    parent.append(value)
            else:
                data, root = value, node
            if type(value) is dict or type(value) is list:
                stack.append((value, node))
                keys.append(None)
        return data, root

    def _check_key(self, event: Any, parent: tuple[Value, _Node], key: Value) -> None:
        mapping, node = parent
        if event.anchor is not None:
            self._refuse(event, "unsafe-yaml", f"anchor '&{event.anchor}'", "write the value out")
        if key == "<<":
            self._refuse(event, "unsafe-yaml", "merge key '<<'", "write the merged keys out")
        if key in mapping:
            first = node.children[key].key[0] + 1
            self._refuse(event, "duplicate-key", f"key '{key}' stands here and on line {first}", "keep one of them")

    def _refuse(self, event: Any, rule: str, message: str, hint: str) -> None:
        mark = event.start_mark
        place = Location(self.path, mark.line + self.first_line + 1, mark.column + 1)
        raise Unreadable(rule, place, message, hint)
