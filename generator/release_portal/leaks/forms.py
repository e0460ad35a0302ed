"""The texts that a file holds, in each form in which text can stand in one: plain, escaped, encoded, packed."""

import base64
import binascii
import re
from collections.abc import Iterator

from release_portal.leaks.packed import UnreadableError, is_packed, unpacked
from release_portal.leaks.written import Form, readings

DEPTH = 3  # archives within archives
ENCODINGS = 2  # encodings of what is encoded
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
_FOLD = re.compile(rb"(?<=[A-Za-z0-9+/])\r?\n(?=[A-Za-z0-9+/])")


def forms(content: bytes, name: str = "") -> Iterator[Form]:
    """Give each text in a file's content with the form that it has.

    Raises:
        UnreadableError: it is packed in a way that is not known here, too deeply, damaged, or too large.

    """
    for how, inner in _within(content, name, DEPTH, ENCODINGS):
        text = inner.decode("utf-8", "replace")
        yield how, text
        for form, other in readings(text):
            yield f"{how}, {form}" if how != "plain" else form, other


def contents(content: bytes, name: str = "") -> Iterator[bytes]:
    """Give a file's content, and that of each file that is packed in it or encoded in it."""
    yield from (inner for _, inner in _within(content, name, DEPTH, ENCODINGS))


def _within(content: bytes, name: str, depth: int, encodings: int) -> Iterator[tuple[str, bytes]]:
    """A content and, each with how it came to be, what is packed in it or encoded in it."""
    yield "plain", content
    if not depth and is_packed(content):
        raise UnreadableError(f"packed more than {DEPTH} times")
    inner = [(how, part, depth - 1, encodings) for how, part in unpacked(content, name)] if depth else []
    if encodings:
        inner += [(how, part, depth, encodings - 1) for how, part in _encoded(content)]
    for how, part, deeper, further in inner:
        for below, found in _within(part, "", deeper, further):
            yield how if below == "plain" else f"{how}, {below}", found


def _encoded(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What stands in it as base64, wherever in a run of it a text begins; as hexadecimal digits; as UTF-16."""
    for at in range(4):
        found = [_from_base64(run[at:]) for run in _BASE64.findall(_FOLD.sub(b"", content))]
        if found:
            yield "base64", b"\n".join(found)
    digits = [binascii.unhexlify(run) for run in _HEX.findall(content)]
    if digits:
        yield "hexadecimal", b"\n".join(digits)
    if b"\0" in content:
        for name in ("utf-16-le", "utf-16-be"):
            for at in range(2):
                text = content[at:].decode(name, "replace").replace("\0", "")
                yield name.upper(), text.encode("utf-8", "replace")


def _from_base64(run: bytes) -> bytes:
    """The bytes of a run of base64's letters; a last letter that is too few to be one is left out."""
    plain = run.translate(bytes.maketrans(b"-_", b"+/"))
    whole = plain[:-1] if len(plain) % 4 == 1 else plain
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))
