"""What changed between two versions of the process document, phase by phase, in lines and words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_HEADING = re.compile(
    r"## +(?:[0-9]+\. +)?(?P<title>.*?) *(?:<!-- *(?:phase: *(?P<slug>[a-z0-9-]+))?.*-->)? *"
)
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.5  # lines less alike than this are read as one gone and another come
Part = tuple[bool, str]  # whether it is what differs, and its text


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was added, removed or changed; before and after are in parts, empty where there is none."""

    kind: Literal["added", "removed", "changed"]
    before: tuple[Part, ...]
    after: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines that differ below one heading."""

    title: str
    lines: tuple[Line, ...]


def difference(before: str, after: str) -> tuple[Group, ...]:
    """Compare two versions of the document; headings are matched by the slug of their phase."""
    old, new = dict(_sections(before)), dict(_sections(after))
    keys = [*new, *(key for key in old if key not in new)]
    found = []
    for key in keys:
        lines = tuple(_lines(old.get(key, ("", ()))[1], new.get(key, ("", ()))[1]))
        if lines:
            found.append(Group((new.get(key) or old[key])[0], lines))
    return tuple(found)


def _sections(text: str) -> Iterator[tuple[str, tuple[str, Sequence[str]]]]:
    """Each part of a document by its key, with title and lines; a key that comes again gets a number."""
    lines = text.splitlines()
    end = lines.index("---", 1) if lines[:1] == ["---"] and "---" in lines[1:] else 0
    if end:
        yield "front matter", ("Front matter", lines[1:end])
    key, title, found = "introduction", "Introduction", lines[end + 1 if end else 0 :]
    start, seen = 0, {"front matter", key}
    for at, line in enumerate(found):
        if match := _HEADING.fullmatch(line):
            yield key, (title, found[start:at])
            title, start = match["title"], at
            key = name = match["slug"] or title.lower()
            while key in seen:
                key = f"{name} {len(seen)}"
            seen.add(key)
    yield key, (title, found[start:])


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """Lines that differ; blank ones say nothing."""
    old, new = ([line.strip() for line in lines if line.strip()] for lines in (before, after))
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for one, other in _pairs(old[a:b], new[c:d]):
            if one and other:
                yield Line("changed", *_words(one, other))
            elif one:
                yield Line("removed", ((False, one),), ())
            else:
                yield Line("added", (), ((False, other),))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Lines of two runs that stand for one another: one after the other, as far as they are alike."""
    at = 0
    for line in old:
        alike = at < len(new) and SequenceMatcher(None, line, new[at], autojunk=False).ratio() >= _ALIKE
        yield line, new[at] if alike else ""
        at += alike
    yield from (("", line) for line in new[at:])


def _words(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Two lines that are alike, in parts: what they share and what only one of them has."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    left: list[Part] = []
    right: list[Part] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        differs = kind != "equal"
        left += [(differs, "".join(old[a:b]))] if b > a else []
        right += [(differs, "".join(new[c:d]))] if d > c else []
    return tuple(left), tuple(right)
