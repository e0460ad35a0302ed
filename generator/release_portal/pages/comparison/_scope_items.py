"""The statements of a part of a scope: each item of a list, and each paragraph outside one, as plain text."""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt

from release_portal.pages.comparison._section import squeezed
from release_portal.records._record import Record
from release_portal.records.scope import Scope

_ENDS = {("list_item_close", 1), ("paragraph_close", 0)}  # an item of a list, a paragraph that stands in none


def statements(record: Record[Scope], heading: str) -> Iterator[str]:
    """Give the statements below a heading; an item's own paragraphs and lists belong to it."""
    item: list[str] = []
    for token in _parser().parse(record.source.sections().get(heading, "")):
        if token.type == "inline":
            item.append("".join(one.content or " " for one in token.children or () if one.nesting == 0))
        if (token.type, token.level) in _ENDS:
            yield squeezed(" ".join(item))
            item = []


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block"])
