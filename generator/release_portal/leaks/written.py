"""The texts that a text stands for when it is read as HTML, as JSON, as a part of an address; also of one in another."""

import html
import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from release_portal.leaks.packed import UnreadableError

READINGS = 64  # texts that one text stands for: HTML in JSON in an address, escaped again and again
Form = tuple[str, str]  # how it is written, and the text itself
_TAG = re.compile(r"<[^<>]*>")
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\"\\/bfnrt]))")
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def readings(text: str) -> Iterator[Form]:
    """Each other text that it stands for, once, with how it was read: until nothing is left that is escaped.

    Raises:
        UnreadableError: more than READINGS texts come of it.

    """
    seen, waiting = {hash(text)}, [("", text)]
    while waiting:
        before, one = waiting.pop()
        for how, other in _unescaped(one):
            if hash(other) not in seen:
                seen.add(hash(other))
                waiting.append((f"{how} in {before}" if before else how, other))
                yield waiting[-1]
        # Tags go last: behind them is nothing that is not there before them as well.
        yield from ((f"{how} in {before}" if before else how, other) for how, other in _without_tags(one))
        if len(seen) > READINGS:
            raise UnreadableError(f"escaped in more than {READINGS} ways")


def _unescaped(text: str) -> Iterator[Form]:
    if "&" in text:
        yield "HTML", html.unescape(text)
    if "\\" in text:
        unescaped = _ESCAPE.sub(_character, text)
        yield "JSON", unescaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "%" in text and _PERCENT.search(text):
        yield "percent-encoded", unquote_to_bytes(text).decode("utf-8", "replace")


def _without_tags(text: str) -> Iterator[Form]:
    if "<" in text:
        spaced, joined = _TAG.sub(" ", text), _TAG.sub("", text)
        if joined != text:
            yield "HTML without tags", html.unescape(spaced)
            yield "HTML without tags, joined", html.unescape(joined)


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(found[3], found[3])
