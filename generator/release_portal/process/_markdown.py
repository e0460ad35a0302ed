"""The Markdown of the process document: headings and bullets that know their line and column.

What is a heading, a list or a comment is decided by markdown-it-py. Its inline parser runs only on the
headings and bullets. A limit on lines, and one on the length of a text, bound what a hostile document costs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from release_portal.finding import Location
from release_portal.process._faults import Faults
from release_portal.source import Source

MAX_LINES = 5_000
MAX_TEXT = 1_000
LISTS = ("bullet_list", "ordered_list")
_WORDS = ("text", "text_special", "code_inline", "image")


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one block; `starts` gives line and column in the file for each of its lines."""

    path: str
    text: str
    starts: tuple[tuple[int, int], ...]

    def locate(self, offset: int = 0) -> Location:
        """Place of the character at an offset of the text."""
        line, column = self.starts[self.text.count("\n", 0, offset)]
        return Location(self.path, line, column + offset - self.text.rfind("\n", 0, offset) - 1)


@dataclass(frozen=True, slots=True)
class Comment:
    """What stands between the marks of an HTML comment, as offsets into its passage."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A heading or a bullet: its words without comments, and its comments."""

    text: str
    place: Location
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a `##` heading; the first section of a document has none."""

    heading: Item | None
    blocks: list[SyntaxTreeNode] = field(default_factory=list)


class Document:
    """The body of a Markdown source, section by section."""

    def __init__(self, source: Source, faults: Faults) -> None:
        self.path, self.first_line, self.faults = source.path, source.body_line, faults
        self.lines = source.body.splitlines()
        self._links: dict[str, Any] = {}
        self._markdown = MarkdownIt("commonmark").disable("inline")
        if len(self.lines) > MAX_LINES:
            place = Location(self.path, self.first_line + MAX_LINES)
            message = f"the text is longer than {MAX_LINES} lines"
            faults.add(place, message, "what follows is not read: shorten the document")
        self._body = "\n".join(self.lines[:MAX_LINES])

    def sections(self) -> list[Section]:
        """Preamble and sections of all `##` headings, in order."""
        sections = [Section(None)]
        for block in SyntaxTreeNode(self._markdown.parse(self._body, self._links)).children:
            if block.type == "heading" and block.tag == "h2":
                sections.append(Section(self.item(block)))
                continue
            if block.content.lstrip().startswith("<!--") and "-->" not in block.content:
                self._endless(self.place(block))  # it swallows the rest of the document
            sections[-1].blocks.append(block)
        return sections

    def bullets(self, block: SyntaxTreeNode) -> Iterator[Item]:
        """Bullets of a list. A list within a bullet is a fault: nobody would be asked for its items."""
        for bullet in block.children:
            for inner in bullet.children:
                if inner.type in LISTS:
                    hint = "make its items bullets of their own"
                    self.faults.add(self.place(inner), "a list within a bullet is not read", hint)
            item = self.item(bullet)
            if item.text:
                yield item
            else:
                self.faults.add(item.place, "the bullet has no text", "write what it asks for")

    def item(self, block: SyntaxTreeNode) -> Item:
        """Heading or bullet from the texts and comments in it; the first text gives its words."""
        words: list[str] = []
        comments: list[Comment] = []
        place = self.place(block)
        for part in block.children:
            if part.type == "html_block":
                comments += self._block_comments(part)
            elif part.type in ("inline", "paragraph"):
                passage = self._passage(part.children[0] if part.type == "paragraph" else part)
                place = place if words else passage.locate()
                words.append(self._inline(passage, comments))
        return Item(words[0] if words else "", place, tuple(comments))

    def place(self, block: SyntaxTreeNode) -> Location:
        """Where a block begins."""
        row = block.map[0] if block.map else 0
        line = self.lines[row]
        return Location(self.path, self.first_line + row, len(line) - len(line.lstrip()) + 1)

    def _passage(self, node: SyntaxTreeNode) -> Passage:
        """Text of a block. Markdown strips marks and indentation: each line is looked up where it stood."""
        text, row = node.content.rstrip("\n"), node.map[0] if node.map else 0
        starts = []
        for number, part in enumerate(text.split("\n"), start=row):
            indent = len(part) - len(part.lstrip())
            starts.append((self.first_line + number, self.lines[number].rfind(part.strip()) - indent + 1))
        passage = Passage(self.path, text[:MAX_TEXT], tuple(starts))
        if len(text) > MAX_TEXT:
            message = f"the text is longer than {MAX_TEXT} characters"
            self.faults.add(passage.locate(), message, "say it in a sentence")
        return passage

    def _inline(self, passage: Passage, comments: list[Comment]) -> str:
        """Words of a passage on one line; its comments are added to those given."""
        tokens: list[Token] = []
        self._markdown.inline.parse(passage.text, self._markdown, self._links, tokens)
        words, cursor = "", 0
        for token in tokens:
            at = max(cursor, passage.text.find(token.content, cursor))
            cursor = at + len(token.content) if passage.text.startswith(token.content, at) else at
            if token.type == "html_inline" and token.content.startswith("<!--"):
                comments.append(Comment(passage, at + 4, max(at + 4, cursor - 3)))
            elif token.type == "text" and "<!--" in token.content:
                self._endless(passage.locate(passage.text.find("<!--", at)))
            words += token.content if token.type in _WORDS else " " * token.type.endswith("break")
        return " ".join(words.split())

    def _block_comments(self, block: SyntaxTreeNode) -> Iterator[Comment]:
        passage = self._passage(block)
        start = passage.text.find("<!--")
        while start >= 0:
            end = passage.text.find("-->", start + 4)
            if end < 0:
                self._endless(passage.locate(start))
                return
            yield Comment(passage, start + 4, end)
            start = passage.text.find("<!--", end)

    def _endless(self, place: Location) -> None:
        self.faults.add(place, "the comment does not end", "end it with `-->`")
