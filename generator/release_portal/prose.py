"""Author's Markdown as clean HTML: no raw HTML, no scripts, no classes, links to the web or this site only.

A row of a table that is one letter long is as wide as the table's head: 64 KB of such rows would be five million
cells. A text whose tables could have more than `MAX_CELLS` is shown with none.
"""

import re
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol",
    "p", "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "td": {"align"}, "th": {"align"}}

MAX_CELLS = 20_000  # some half a second
_DIVIDER = re.compile(r"[ \t>]*[|:-][ \t|:-]*\Z")


@cache
def _parser(*, tables: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    parser.enable(["table", "strikethrough"] if tables else ["strikethrough"])
    return parser.disable(["image", "reference"])


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=TAGS,
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


def html(text: str, *, top: int = 3) -> Markup:
    """Markdown of a record as HTML that is safe to put into a page; its `##` becomes heading level `top`."""
    parser = _parser(tables=_cells(text) <= MAX_CELLS)
    tokens = parser.parse(text)
    _shift(tokens, top - 2)
    rendered = parser.renderer.render(tokens, parser.options, {})
    return Markup(_cleaner().clean(rendered))  # noqa: S704  # cleaned by an allow-list


def _cells(text: str) -> int:
    """How many cells the tables of a text have at most: below each divider, as many in each line as it divides."""
    cells = across = 0
    for line in text.splitlines() if "|" in text else ():
        if "|" in line and _DIVIDER.match(line):
            across = max(across, line.count("|") + 1)
        elif not line.strip(" \t>"):
            across = 0
        cells += across
    return cells


def _shift(tokens: list[Token], by: int) -> None:
    """Let an author's headings start below the page's own."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, max(3, int(token.tag[1]) + by))}"
