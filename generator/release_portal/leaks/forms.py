"""The texts that a file holds, in each form in which text can stand in one: plain, escaped, encoded, packed."""

import base64
import binascii
import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

DEPTH = 3  # archives within archives
ENCODINGS = 2  # encodings of what is encoded
LARGEST = 256 * 1024 * 1024  # bytes of one packed file, unpacked
_TAG = re.compile(r"<[^<>]*>")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\"\\/bfnrt]))")
_CONTROLS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){8,}")
_FOLD = re.compile(rb"(?<=[A-Za-z0-9+/])\r?\n(?=[A-Za-z0-9+/])")
_PACKED = ((b"\x28\xb5\x2f\xfd", "zstd"), (b"\xfd7zXZ\x00", "xz"), (b"BZh", "bzip2"), (b"7z\xbc\xaf", "7z"))
Form = tuple[str, str]  # how it is written, and the text itself


class UnreadableError(ValueError):
    """A packed file that cannot be unpacked here: nothing can be said of it."""


def forms(content: bytes, name: str = "") -> Iterator[Form]:
    """Give each text in a file's content with the form that it has.

    Raises:
        UnreadableError: it is packed in a way that is not known here, damaged, or larger than LARGEST.

    """
    for how, inner in _unpacked(content, name, DEPTH, ENCODINGS):
        text = inner.decode("utf-8", "replace")
        yield how, text
        for form, other in _written(text):
            yield f"{how}, {form}" if how != "plain" else form, other


def contents(content: bytes, name: str = "") -> Iterator[bytes]:
    """Give a file's content, and that of each file that is packed in it or encoded in it."""
    yield from (inner for _, inner in _unpacked(content, name, DEPTH, ENCODINGS))


def _written(text: str) -> Iterator[Form]:
    """The text that a text stands for when it is read as HTML, as JSON, as part of an address."""
    if "<" in text:
        yield "HTML without tags", html.unescape(_TAG.sub(" ", text))
        yield "HTML without tags, joined", html.unescape(_TAG.sub("", text))
    if "&" in text:
        yield "HTML", html.unescape(text)
    if "\\" in text:
        unescaped = (
            _ESCAPE.sub(_character, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
        yield "JSON", unescaped
        if "<" in unescaped or "&" in unescaped:
            yield "HTML in JSON", html.unescape(_TAG.sub(" ", unescaped))
    if "%" in text:
        yield "percent-encoded", unquote_to_bytes(text).decode("utf-8", "replace").replace("+", " ")


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _CONTROLS.get(found[3], found[3])


def _unpacked(content: bytes, name: str, depth: int, encodings: int) -> Iterator[tuple[str, bytes]]:
    """A content and, each with how it came to be, what is packed in it or encoded in it."""
    yield "plain", content
    inner = [(how, part, depth - 1, encodings) for how, part in _archived(content, name)] if depth else []
    if encodings:
        inner += [(how, part, depth, encodings - 1) for how, part in _encoded(content)]
    for how, part, deeper, further in inner:
        for below, found in _unpacked(part, "", deeper, further):
            yield how if below == "plain" else f"{how}, {below}", found


def _archived(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    try:
        if content.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(content)) as file:
                yield "gzip", _some(file.read(LARGEST + 1))
        elif content.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for member in archive.infolist():
                    yield "name in a zip", member.filename.encode()
                    with archive.open(member) as file:
                        yield "zip", _some(file.read(LARGEST + 1))
        elif name.endswith(".br"):
            yield "brotli", _brotli(content)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(f"packed, and cannot be unpacked: {error}") from error
    for start, kind in _PACKED:
        if content.startswith(start):
            raise UnreadableError(f"packed as {kind}, which is not read here")


def _brotli(content: bytes) -> bytes:
    try:
        import brotli  # of the environment, where it has one
    except ImportError as error:
        raise UnreadableError("packed as brotli, which takes the package `brotli`") from error
    try:
        unpacked: bytes = brotli.decompress(content)
    except brotli.error as error:
        raise UnreadableError("packed as brotli, and damaged") from error
    return unpacked


def _some(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise UnreadableError("packed, and too large to be unpacked")
    return content


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
