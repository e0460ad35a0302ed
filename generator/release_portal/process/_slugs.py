"""Names for folders, files and slots: given in a comment, or made from a text; none twice in one place."""

import re
import unicodedata

from release_portal.process._comment import Word
from release_portal.process._faults import Faults
from release_portal.process._markdown import Item
from release_portal.wording import shown

_LENGTH = 64


def slug(text: str) -> str:
    """Text in the letters, digits and dashes of a file's name; empty where it has none of them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LENGTH].strip("-")


class Slugs:
    """Names that must differ from each other: `what` says of what, `hint` what to do about a second one."""

    def __init__(self, faults: Faults, what: str, hint: str, taken: tuple[str, ...] = ()) -> None:
        self._faults, self._what, self._hint = faults, what, hint
        self._taken = set(taken)

    def take(self, given: tuple[Word, ...], item: Item, text: str) -> str:
        """Take the word that a comment gives, else the slug of a text."""
        word = given[0] if given else Word(slug(text), item.place)
        if not word.text:
            hint = "use a word of the letters a-z in it"
            self._faults.add(item.place, f"{shown(text)} gives no name for a file", hint)
            word = Word(f"line-{item.place.line}", item.place)
        if word.text in self._taken:
            self._faults.add(word.place, f"{self._what} {shown(word.text)} is taken", self._hint)
        self._taken.add(word.text)
        return word.text
