"""What a file holds, in each form in which text can stand in one: plain, escaped, encoded, packed."""

import base64
import binascii
import re
from collections.abc import Iterator

from release_portal.leaks.packed import LARGEST, UnreadableError, is_packed, unpacked
from release_portal.leaks.written import Form, readings

DEPTH = 3  # archives within archives
ENCODINGS = 2  # encodings of what is encoded
MOST = 4 * LARGEST  # bytes of all that is packed and encoded in one file
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
_FOLD = re.compile(rb"(?<=[A-Za-z0-9+/])(?:\r?\n|(?:\\r)?\\n)(?=[A-Za-z0-9+/])")
_SIGNS = ((b"\\/", b"/"), (b"%2F", b"/"), (b"%2f", b"/"), (b"%2B", b"+"), (b"%2b", b"+"))


def within(content: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """Give a file's content and, each with how it came to be, what is packed in it or encoded in it.

    Raises:
        UnreadableError: it is packed in a way that is not known here, too deeply, damaged, or too large.

    """
    size = 0
    for how, inner in _within(content, name, DEPTH, ENCODINGS):
        size += len(inner) if how != "plain" else 0
        if size > MOST:
            raise UnreadableError("too much is packed in it")
        yield how, inner


def forms(how: str, content: bytes) -> Iterator[Form]:
    """Give each text that such a content is when it is read, with the form that it has.

    Raises:
        UnreadableError: it is escaped in too many ways.

    """
    text = content.decode("utf-8", "replace")
    yield how, text
    for form, other in readings(text):
        yield f"{how}, {form}" if how != "plain" else form, other


def _within(content: bytes, name: str, depth: int, encodings: int) -> Iterator[tuple[str, bytes]]:
    yield "plain", content
    if not depth and is_packed(content):
        raise UnreadableError(f"packed more than {DEPTH} times")
    for how, part in unpacked(content, name) if depth else ():
        yield from _below(how, part, depth - 1, encodings)
    for how, part in _encoded(content) if encodings else ():
        yield from _below(how, part, depth, encodings - 1)


def _below(how: str, part: bytes, depth: int, encodings: int) -> Iterator[tuple[str, bytes]]:
    for below, found in _within(part, "", depth, encodings):
        yield how if below == "plain" else f"{how}, {below}", found


def _encoded(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What stands in it as base64, wherever in a run of it a text begins; as hexadecimal digits; as UTF-16.

    Runs are joined, as lines of one text are; what is packed as a whole in one of them is given by itself.
    """
    runs = _BASE64.findall(_plain_signs(content))
    for at in range(4):
        found = [_from_base64(run[at:]) for run in runs]
        if found:
            yield "base64", b"\n".join(found)
        yield from (("base64", one) for one in (found[1:] if at == 0 else ()) if is_packed(one))
    digits = [binascii.unhexlify(run) for run in _HEX.findall(content)]
    if digits:
        yield "hexadecimal", b"\n".join(digits)
    if b"\0" in content:
        for name in ("utf-16-le", "utf-16-be"):
            for at in range(2):
                text = content[at:].decode(name, "replace").replace("\0", "")
                yield name.upper(), text.encode("utf-8", "replace")


def _plain_signs(content: bytes) -> bytes:
    """A content whose base64 is neither folded nor has its signs escaped, as JSON and addresses have them."""
    for escaped, sign in _SIGNS:
        content = content.replace(escaped, sign)
    return _FOLD.sub(b"", content)


def _from_base64(run: bytes) -> bytes:
    """The bytes of a run of base64's letters; a last letter that is too few to be one is left out."""
    plain = run.translate(bytes.maketrans(b"-_", b"+/"))
    whole = plain[:-1] if len(plain) % 4 == 1 else plain
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))
