"""How texts are compared: without case, without marks of Markdown, with one space where there are several; in sentences."""

import re
from collections.abc import Iterator

# Marks of Markdown, and what is invisible within a word: soft hyphens, joiners, spaces of no width.
_MARKS = str.maketrans("", "", "`*_\u00ad\u200b\u200c\u200d\u2060\ufeff")
_DASHES = str.maketrans("-+/", "   ")
_SPACE = re.compile(r"\s+")
_END = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n|\n(?=\s*(?:[-*#>|]|\d+\.)\s)|\|")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LEAD = re.compile(r"^[\s>#|*+-]*(?:\d+\.\s+)?")
LEAST, MOST = 12, 48  # letters of a text that are looked for


def plain(text: str) -> str:
    """A text as it is compared."""
    return _SPACE.sub(" ", text.translate(_MARKS).lower())


def spaced(text: str) -> str:
    """A text as it is compared where dashes and the like stand for spaces, as in addresses and names of files."""
    return plain(text.replace("_", " ").translate(_DASHES))


def sentences(text: str) -> Iterator[str]:
    """The beginnings of a Markdown text's sentences, as they are compared: those that say something."""
    for part in _END.split(_LINK.sub(r"\1", text)):
        found = plain(_LEAD.sub("", part)).strip(" .")
        if len(found) > MOST:
            found = found[:MOST].rpartition(" ")[0] or found[:MOST]
        if len(found) >= LEAST and " " in found:
            yield found
