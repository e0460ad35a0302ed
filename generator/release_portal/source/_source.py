"""A file as read: its text, its values, and where each of them stands."""

import re
from dataclasses import dataclass
from functools import cached_property

from release_portal.finding import Location
from release_portal.source._places import Node, places
from release_portal.source._values import Value

_HEADING = re.compile(r"^## +(.+?)[ #]*$")
_CODE_FENCE = re.compile(r"^ {0,3}(```|~~~)")


@dataclass(frozen=True)
class Source:
    """A file's text, its values, and the Markdown below the front matter.

    `path` is relative to the portal's root; `body_line` is the line, from 1, on which `body` begins;
    `digest` is the SHA-256 that `sha256sum` prints for the file; `front` is where the YAML of a Markdown
    file begins and ends in its text. Places are worked out when somebody asks for one: few records' are.
    """

    path: str
    text: str
    data: Value
    digest: str
    body: str = ""
    body_line: int = 1
    front: tuple[int, int] | None = None

    @cached_property
    def _root(self) -> Node:
        begin, end = self.front or (0, 0 if self.path.endswith(".md") else len(self.text))
        return places(self.path, self.text[begin:end], self.text.count("\n", 0, begin))

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
        return Place(self, route)

    def locate_key(self, *route: str | int) -> Location:
        """Place of the key that leads to the value at a route; of its nearest parent's where there is none."""
        return Place(self, route, of_key=True)

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

    def stands(self, route: tuple[str | int, ...], *, of_key: bool) -> tuple[int, int]:
        """Line and column, from 1, of what `locate` and `locate_key` tell of."""
        node = self._root
        for step in route:
            child = node.children.get(step)
            if child is None:
                break
            node = child
        line, column = node.key if of_key else node.at
        return line + 1, column + 1


class Place(Location):
    """A location that is worked out when its line or column is asked for: rules gather many, and tell of few."""

    __slots__ = ("_of_key", "_route", "_source", "_stands")
    _source: Source
    _route: tuple[str | int, ...]
    _of_key: bool
    _stands: tuple[int, int]  # once it was looked up

    def __init__(self, source: Source, route: tuple[str | int, ...], *, of_key: bool = False) -> None:
        set_ = object.__setattr__
        set_(self, "path", source.path)
        set_(self, "_source", source)
        set_(self, "_route", route)
        set_(self, "_of_key", of_key)

    @property
    def line(self) -> int:
        return self._found[0]

    @property
    def column(self) -> int:
        return self._found[1]

    @property
    def _found(self) -> tuple[int, int]:
        try:
            return self._stands
        except AttributeError:
            object.__setattr__(self, "_stands", self._source.stands(self._route, of_key=self._of_key))
            return self._stands

    def __repr__(self) -> str:
        return repr(Location(self.path, self.line, self.column))

    def __reduce__(self) -> tuple[type[Location], tuple[str, int, int]]:
        return Location, (self.path, self.line, self.column)
