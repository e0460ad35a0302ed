"""Placeholders: `<fill …>`, which a scaffold holds where only a person knows what belongs there."""

import re
from collections.abc import Iterator

from release_portal.finding import Location
from release_portal.source import Source

_PLACEHOLDER = re.compile(r"<fill\b[^<>]*>")


def is_placeholder(value: object) -> bool:
    """Whether a value is a text that a person has still to write."""
    return isinstance(value, str) and _PLACEHOLDER.search(value) is not None


def holds_placeholder(value: object) -> bool:
    """Whether a value is such a text, or holds one at any depth."""
    if isinstance(value, dict):
        return any(holds_placeholder(item) for item in value.values())
    if isinstance(value, list):
        return any(holds_placeholder(item) for item in value)
    return is_placeholder(value)


def placeholders(source: Source) -> Iterator[Location]:
    """Every placeholder of a file, also in its Markdown: where a person has to write."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        for match in _PLACEHOLDER.finditer(line):
            yield Location(source.path, number, match.start() + 1)
