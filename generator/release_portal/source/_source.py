"""A file as read: its text, its values, and where each of them stands."""

import re
from dataclasses import dataclass, field
from typing import Any

from release_portal.finding import Location

Value = Any  # str | list[Value] | dict[str, Value] | None: a recursive alias costs more than it tells here
_HEADING = re.compile(r"^## +(.+?)[ #]*$")
_CODE_FENCE = re.compile(r"^ {0,3}(```|~~~)")


class Unreadable(Exception):  # noqa: N818  # a user's file, not an error of ours
    """A file that cannot be read as a record. Whoever called `read` catches it and tells it as a finding."""

    def __init__(self, rule: str, location: Location, message: str, hint: str) -> None:
        super().__init__(message)
        self.rule, self.location, self.message, self.hint = rule, location, message, hint


_NOTHING_BELOW: dict[str | int, "Node"] = {}


@dataclass(slots=True)
class Node:
    """Where a value stands: `at` its own place, `key` that of its key, as zero-based (line, column).

    `children` belong to collections; all scalars share one empty mapping, which nothing writes to.
    """

    at: tuple[int, int]
    key: tuple[int, int]
    children: dict[str | int, "Node"] = field(default_factory=lambda: _NOTHING_BELOW)


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text, its values with their places, and the Markdown below the front matter.

    `path` is relative to the portal's root; `body_line` is the line, from 1, on which `body` begins;
    `digest` is the SHA-256 that `sha256sum` prints for the file.
    """

    path: str
    text: str
    data: Value
    digest: str
    body: str = ""
    body_line: int = 1
    root: Node = field(default_factory=lambda: Node((0, 0), (0, 0)), repr=False)

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
        for _, line, title in self._lines():
            if title:
                lines = found.setdefault(title, [])
            else:
                lines.append(line)
        return {title: "\n".join(lines).strip() for title, lines in found.items()}

    def locate_section(self, title: str) -> Location:
        """Place of a `##` heading; of the body's first line where there is none."""
        number = next((number for number, _, found in self._lines() if found == title), 0)
        return Location(self.path, self.body_line + number, 1)

    def _lines(self) -> list[tuple[int, str, str]]:
        """Number, text and heading of each line of the body; what stands in a code fence is no heading."""
        lines, fence = [], ""
        for number, line in enumerate(self.body.splitlines()):
            mark = _CODE_FENCE.match(line)
            if mark and (not fence or mark[1] == fence):
                fence = "" if fence else mark[1]
            heading = None if fence else _HEADING.match(line)
            lines.append((number, line, heading[1] if heading else ""))
        return lines

    def _nearest(self, route: tuple[str | int, ...]) -> Node:
        node = self.root
        for step in route:
            child = node.children.get(step)
            if child is None:
                break
            node = child
        return node
