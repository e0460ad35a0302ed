"""Words of messages and hints: values quoted, unprintable characters named, the nearest allowed word."""

import difflib
import re
from collections.abc import Collection, Iterable

_LISTED = 12
_LONGEST = (
    200  # letters: what is longer is no misspelt name, and comparing texts costs the product of their lengths
)
_COMMAND = re.compile(r"(##(?:vso)?)\[")


def shown(value: object) -> str:
    """A value fit for a message: quoted, on one line, at most 60 characters."""
    words = " ".join(str(value).split())
    return f"'{words[:57]}…'" if len(words) > 60 else f"'{words}'"


def printable(text: str) -> str:
    """Text fit for a terminal or a log: what is not printable is written as its code point.

    So is the bracket of `##[` and `##vso[`, which CI runners take for a command wherever it stands in a line.
    """
    shown = "".join(one if one.isprintable() else f"\\u{{{ord(one):x}}}" for one in text)
    return _COMMAND.sub(r"\1\\u{5b}", shown) if "##" in shown else shown


def uncommanded(document: str) -> str:
    """A JSON document in which a CI runner finds no command either; its values stay the same."""
    return document.replace("##", "#\\u0023")


def alike(word: str, known: Iterable[str], share: float = 0.6) -> str:
    """The known word that is most like another one, if that share of them is alike; empty where there is none."""
    if len(word) > _LONGEST:
        return ""
    near = difflib.get_close_matches(word, [one for one in known if len(one) <= _LONGEST], n=1, cutoff=share)
    return near[0] if near else ""


def meant(word: str, allowed: Collection[str]) -> str:
    """`did you mean 'x'?` for the nearest allowed word; empty where none is near."""
    near = alike(word, allowed)
    return f"did you mean '{near}'?" if near else ""


def nearest(word: str, allowed: Collection[str]) -> str:
    """Hint for a word that is not allowed: the nearest of the allowed ones, then the first dozen of them."""
    listed = ", ".join(list(allowed)[:_LISTED])
    more = f" and {len(allowed) - _LISTED} more" if len(allowed) > _LISTED else ""
    near = meant(word, allowed)
    return f"{near} Allowed: {listed}{more}" if near else f"allowed: {listed}{more}"
