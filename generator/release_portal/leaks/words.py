"""How texts are compared: without case, without marks of Markdown, with one space where there are several; in sentences."""

import re
from collections.abc import Iterator

_MARKS = "`*_"  # of Markdown
# What nobody sees within a word: soft hyphens, joiners, spaces of no width, turns of direction.
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DASHES = "_-+/"  # stand for spaces in addresses and names of files
_END = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n|\n(?=\s*(?:[-*#>|]|\d+\.)\s)|\|")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LEAD = re.compile(r"^[\s>#|*+-]*(?:\d+\.\s+)?")
LEAST, MOST = 12, 48  # letters of a text that are looked for


def plain(text: str) -> str:
    """A text as it is compared."""
    # Replacing letter by letter takes a fraction of what `translate` takes of texts that are not ASCII.
    for mark in _MARKS:
        text = text.replace(mark, "")
    seen = text if text.isascii() else _UNSEEN.sub("", text)
    return " ".join(seen.lower().split())


def spaced(text: str) -> str:
    """A text as it is compared where dashes and the like stand for spaces, as in addresses and names of files."""
    for dash in _DASHES:
        text = text.replace(dash, " ")
    return plain(text)


def sentences(text: str) -> Iterator[str]:
    """The beginnings of a Markdown text's sentences, as they are compared: those that say something."""
    for part in _END.split(_LINK.sub(r"\1", text)):
        found = plain(_LEAD.sub("", part)).strip(" .")
        if len(found) > MOST:
            found = found[:MOST].rpartition(" ")[0] or found[:MOST]
        if len(found) >= LEAST and " " in found:
            yield found
