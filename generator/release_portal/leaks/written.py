"""The texts that a text stands for when it is read as HTML, as JSON, as a part of an address; also of one in another."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

ROUNDS = 3  # readings of what was read, as of HTML in JSON in an address
Form = tuple[str, str]  # how it is written, and the text itself
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\"\\/bfnrt]))")
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def readings(text: str) -> Iterator[Form]:
    """Each other text that it stands for, once, with how it was read."""
    seen, now = {text}, [("", text)]
    for _ in range(ROUNDS):
        found = []
        for before, one in now:
            for how, other in _read(one):
                if other not in seen:
                    seen.add(other)
                    found.append((f"{how} in {before}" if before else how, other))
        yield from found
        now = found


def _read(text: str) -> Iterator[Form]:
    if "<" in text:
        yield "HTML without tags", html.unescape(_TAG.sub(" ", text))
        yield "HTML without tags, joined", html.unescape(_TAG.sub("", text))
    if "&" in text:
        yield "HTML", html.unescape(text)
    if "\\" in text:
        unescaped = _ESCAPE.sub(_character, text)
        yield "JSON", unescaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "%" in text:
        yield "percent-encoded", unquote_to_bytes(text).decode("utf-8", "replace").replace("+", " ")


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(found[3], found[3])
