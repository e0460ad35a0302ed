"""The comments that bind headings and bullets: `key: word, word; key: word`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from release_portal.finding import Location
from release_portal.process._faults import Faults
from release_portal.process._markdown import Comment
from release_portal.wording import nearest, shown

_WORD = re.compile(r"[a-z0-9][a-z0-9-]*")
_ENTRY = re.compile(rf"({_WORD.pattern})(?:\s*:\s*({_WORD.pattern}(?:\s*,\s*{_WORD.pattern})*))?")
_SPACE = re.compile(r"\s*")
_MANY = 100

# The keys that may stand in each place, with the number of words that each takes at most.
PHASE = {"phase": 1}
SLOT = {"slot": 1}
BULLET = {"records": _MANY, "signed-by": _MANY, "optional": 0, "when": 1}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a comment and where it stands."""

    text: str
    place: Location


Entries = Mapping[str, tuple[Word, ...]]


def read_comment(comments: Sequence[Comment], keys: Mapping[str, int], faults: Faults) -> Entries:
    """Read the entries of a bullet's or heading's comment; those with a fault are told and left out."""
    for extra in comments[1:]:
        place = extra.passage.locate(extra.start - 4)
        faults.add(place, "a second comment", "write all in one, parted by semicolons")
    entries: dict[str, tuple[Word, ...]] = {}
    for key, words in _entries(comments[0], faults) if comments else ():
        if key.text not in keys:
            faults.add(key.place, f"unknown key {shown(key.text)}", nearest(key.text, keys))
        elif key.text in entries:
            faults.add(key.place, f"'{key.text}' stands twice", "list all its words once, parted by commas")
        elif _counts(key, words, keys[key.text], faults):
            entries[key.text] = words
    return entries


def _counts(key: Word, words: tuple[Word, ...], most: int, faults: Faults) -> bool:
    """Whether a key has as many words as it takes."""
    if most and not words:
        faults.add(key.place, f"'{key.text}' names nothing", f"write `{key.text}: word`")
    elif len(words) > most:
        takes = f"'{key.text}' takes {'one word' if most else 'no word'}"
        faults.add(words[most].place, takes, f"remove {shown(words[most].text)}")
    return bool(words) == bool(most) and len(words) <= most


def _entries(comment: Comment, faults: Faults) -> Iterator[tuple[Word, tuple[Word, ...]]]:
    """Keys and words of a comment, up to where it does not parse."""
    text, at = comment.passage.text, _skip(comment, comment.start)
    while at < comment.end:
        entry = _ENTRY.match(text, at, comment.end)
        if entry:
            key = Word(entry[1], comment.passage.locate(at))
            found = _WORD.finditer(text, *entry.span(2)) if entry[2] else ()
            yield key, tuple(Word(word[0], comment.passage.locate(word.start())) for word in found)
            at = _skip(comment, entry.end())
        if at < comment.end and (not entry or text[at] != ";"):
            rest = text[at : comment.end].split(None, 1)[0]
            hint = "write lower-case words as `key: word, word; key: word`"
            faults.add(comment.passage.locate(at), f"the comment does not parse at {shown(rest)}", hint)
            return
        at = _skip(comment, at + 1)


def _skip(comment: Comment, at: int) -> int:
    space = _SPACE.match(comment.passage.text, at, comment.end)
    return space.end() if space else at
