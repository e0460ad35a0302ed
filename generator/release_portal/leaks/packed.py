"""What is packed in a file: as a whole, or somewhere in it, as pictures, PDF and archives have it."""

import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

LARGEST = 256 * 1024 * 1024  # bytes of one packed file, unpacked
_PIECE = 1 << 16
_LEAST = 4  # bytes: what gives fewer was no stream, but looked like the beginning of one
_GZIP, _ZIP, _TAR = b"\x1f\x8b\x08", b"PK\x03\x04", b"ustar"
# Texts in pictures are streams of smaller windows as well, behind the zero that ends a text's name.
_STREAM = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|(?<=\0)[\x08\x18\x28\x38\x48\x58\x68](?!\0)")
_ENTRY = struct.Struct(
    "<4xHHH16xHH"
)  # of a zip: version, flags, method, lengths of name and of what is extra
_DEFLATED = 8
_UNREAD = {
    re.compile(rb"\x28\xb5\x2f\xfd"): "zstd",
    re.compile(rb"\xfd7zXZ\x00"): "xz",
    re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"): "bzip2",
    re.compile(rb"7z\xbc\xaf"): "7z",
    re.compile(rb"Rar!\x1a\x07"): "RAR",
    re.compile(rb"\x04\x22\x4d\x18|\x02\x21\x4c\x18"): "LZ4",
    re.compile(rb"\x1f\x9d[\x89-\x90]"): "compress",
    re.compile(rb"MSCF\0\0\0\0"): "a cabinet",
    re.compile(rb"\x60\xea.[\x00-\x0a]", re.DOTALL): "ARJ",
    re.compile(rb"LZIP"): "lzip",
}


class UnreadableError(ValueError):
    """A packed file that cannot be unpacked here: nothing can be said of it."""


def is_packed(content: bytes) -> bool:
    """Whether a content is packed as a whole."""
    return content.startswith((_GZIP, _ZIP)) or any(start.match(content) for start in _UNREAD)


def unpacked(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Each file and stream in a content, with how it is packed there; names of files in archives too.

    Raises:
        UnreadableError: it is packed as a whole in a way that is not known here, damaged, or larger than LARGEST.

    """
    for start, kind in _UNREAD.items():
        if start.match(content):
            raise UnreadableError(f"packed as {kind}, which is not read here")
    if content.startswith(_GZIP[:2]) and not content.startswith(_GZIP):
        raise UnreadableError("packed, and cannot be unpacked: it is no gzip file behind its first bytes")
    if name.endswith(".br"):
        yield "brotli", _brotli(content)
    if content.startswith(_ZIP):
        yield from _zip(content)
    if content[257:262] == _TAR:
        yield from _tar(content)
    for found in re.finditer(re.escape(_ZIP), content):
        yield from _entry(content, found.start())
    for found in _STREAM.finditer(content):
        stream, whole = _stream(content, found.start(), zlib.MAX_WBITS | 32)
        if found.start() == 0 and found[0] == _GZIP and not whole:
            raise UnreadableError("packed, and cannot be unpacked: its gzip stream is damaged")
        if whole or len(stream) >= _LEAST:
            yield "gzip" if found[0] == _GZIP else "zlib", stream


def _stream(content: bytes, start: int, window: int) -> tuple[bytes, bool]:
    """What a compressed stream gives, as far as it can be read, and whether it came to its end."""
    reader, out, view = zlib.decompressobj(window), io.BytesIO(), memoryview(content)
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
    """The files of a zip by its list of them: what that cannot give is not read, damaged or encrypted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield "name in a zip", member.filename.encode()
                with archive.open(member) as file:
                    yield "zip", _some(file.read(LARGEST + 1))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise UnreadableError(f"packed, and cannot be unpacked: {error}") from error


def _entry(content: bytes, start: int) -> Iterator[tuple[str, bytes]]:
    """A file of a zip by what stands before it, wherever that is: no list at the end of the zip need name it."""
    if start + _ENTRY.size <= len(content):
        version, flags, method, name, extra = _ENTRY.unpack_from(content, start)
        if method == _DEFLATED and version < 100 and start:
            if flags & 1:
                raise UnreadableError("a zip in it is encrypted")
            yield "zip", _stream(content, start + _ENTRY.size + name + extra, -zlib.MAX_WBITS)[0]


def _tar(content: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                file = archive.extractfile(member) if member.isfile() else None
                yield "name in a tar", member.name.encode("utf-8", "replace")
                if file:
                    yield "tar", _some(file.read(LARGEST + 1))
    except (OSError, tarfile.TarError) as error:
        raise UnreadableError(f"packed, and cannot be unpacked: {error}") from error


def _some(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise UnreadableError("packed, and too large to be unpacked")
    return content


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
