"""What is packed in a file: as a whole, or somewhere in it, as pictures and PDF have it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

LARGEST = 256 * 1024 * 1024  # bytes of one packed file, unpacked
_PIECE = 1 << 16
_LEAST = 4  # bytes: what gives fewer was no stream, but looked like the beginning of one
_GZIP, _ZIP = b"\x1f\x8b\x08", b"PK\x03\x04"
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
_UNREAD = {
    b"\x28\xb5\x2f\xfd": "zstd",
    b"\xfd7zXZ\x00": "xz",
    b"BZh": "bzip2",
    b"7z\xbc\xaf": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x04\x22\x4d\x18": "LZ4",
    b"\x1f\x9d": "compress",
    b"MSCF": "a cabinet",
    b"\x60\xea": "ARJ",
    b"LZIP": "lzip",
}


class UnreadableError(ValueError):
    """A packed file that cannot be unpacked here: nothing can be said of it."""


def is_packed(content: bytes) -> bool:
    """Whether a content is packed as a whole."""
    return content.startswith((_GZIP, _ZIP, *_UNREAD))


def unpacked(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Each file and stream in a content, with how it is packed there; names of files in archives too.

    Raises:
        UnreadableError: it is packed as a whole in a way that is not known here, damaged, or larger than LARGEST.

    """
    for start, kind in _UNREAD.items():
        if content.startswith(start):
            raise UnreadableError(f"packed as {kind}, which is not read here")
    if content.startswith(_GZIP[:2]) and not content.startswith(_GZIP):
        raise UnreadableError("packed, and cannot be unpacked: it is no gzip file behind its first bytes")
    if name.endswith(".br"):
        yield "brotli", _brotli(content)
    if _ZIP in content:
        yield from _zip(content)
    for found in _STREAM.finditer(content):
        stream, whole = _stream(content, found.start())
        if found.start() == 0 and found[0] == _GZIP and not whole:
            raise UnreadableError("packed, and cannot be unpacked: its gzip stream is damaged")
        if whole or len(stream) >= _LEAST:
            yield "gzip" if found[0] == _GZIP else "zlib", stream


def _stream(content: bytes, start: int) -> tuple[bytes, bool]:
    """What a compressed stream gives, as far as it can be read, and whether it came to its end."""
    reader, out, view = zlib.decompressobj(zlib.MAX_WBITS | 32), io.BytesIO(), memoryview(content)
    for at in range(start, len(content), _PIECE):
        try:
            out.write(reader.decompress(view[at : at + _PIECE], LARGEST + 1 - out.tell()))
        except zlib.error:
            break
        if out.tell() > LARGEST:
            raise UnreadableError("packed, and too large to be unpacked")
        if reader.eof:
            return out.getvalue(), True
    return out.getvalue(), False


def _zip(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield "name in a zip", member.filename.encode()
                with archive.open(member) as file:
                    inner = file.read(LARGEST + 1)
                if len(inner) > LARGEST:
                    raise UnreadableError("packed, and too large to be unpacked")
                yield "zip", inner
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        if content.startswith(_ZIP):
            raise UnreadableError(f"packed, and cannot be unpacked: {error}") from error


def _brotli(content: bytes) -> bytes:
    try:
        import brotli  # of the environment, where it has one
    except ImportError as error:
        raise UnreadableError("packed as brotli, which takes the package `brotli`") from error
    try:
        found: bytes = brotli.decompress(content)
    except brotli.error as error:
        raise UnreadableError("packed as brotli, and damaged") from error
    return found
