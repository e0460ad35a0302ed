"""A BagIt bag (RFC 8493) in a zip archive whose bytes depend on its content alone.

Files stand in order of their paths, stored and not compressed, with one date and one mode for all: the same content
gives the same archive on any machine. Files are read, digested and written piece by piece, so memory does not grow
with them.

`manifest-sha256.txt` lists the payload: its SHA-256 is the tree digest. `tagmanifest-sha256.txt` lists the manifest
and every other file: its SHA-256 stands for the whole bag, and a signature is over it.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from release_portal.failure import Failure

MANIFEST, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
SIGNATURE = f"{TAGS}.sig"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_UNIX = 3
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Payload:
    """A file of the payload: its path below `data/`, and its content or the file that has it.

    `sha256` is what the content must have; empty where it was not digested before.
    """

    path: str
    content: bytes | Path
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the payload came to. `digests` are by path in the bag, `size` is in bytes."""

    digests: Mapping[str, str]
    size: int

    @property
    def manifest(self) -> bytes:
        """The manifest, as `sha256sum` lists the files."""
        return _listing(self.digests)

    @property
    def tree(self) -> str:
        """The tree digest."""
        return hashlib.sha256(self.manifest).hexdigest()

    @property
    def oxum(self) -> str:
        """Bytes and files of the payload, as BagIt counts them."""
        return f"{self.size}.{len(self.digests)}"


@dataclass(frozen=True, slots=True)
class Bag:
    """A bag that was written: its payload, and the digest that stands for all of it."""

    contents: Contents
    digest: str


def write(
    target: IO[bytes],
    name: str,
    payload: Iterable[Payload],
    tag_files: Callable[[Contents], Mapping[str, bytes]],
    sign: Callable[[str], str] | None = None,
) -> Bag:
    """Write a bag in a folder of a name; `tag_files` gives what stands beside the payload, knowing the payload.

    Raises:
        Failure: a file is not what it was when it was digested.

    """
    digests: dict[str, str] = {}
    size = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for one in sorted(payload, key=lambda item: item.path.encode()):
            path = f"data/{one.path}"
            digests[path], length = _put(archive, f"{name}/{path}", one.content)
            size += length
            if one.sha256 not in {"", digests[path]}:
                raise Failure(f"{one.path} changed while it was packed", "pack again")
        contents = Contents(digests, size)
        tags = {"bagit.txt": _DECLARATION, MANIFEST: contents.manifest, **tag_files(contents)}
        listed = {}
        for path in sorted(tags, key=str.encode):
            listed[path], _ = _put(archive, f"{name}/{path}", tags[path])
        listing = _listing(listed)
        digest, _ = _put(archive, f"{name}/{TAGS}", listing)
        if sign:
            _put(archive, f"{name}/{SIGNATURE}", sign(listing.decode()).encode())
    return Bag(contents, digest)


def _put(archive: zipfile.ZipFile, path: str, content: bytes | Path) -> tuple[str, int]:
    """Write a file; gives its SHA-256 and its size."""
    entry = zipfile.ZipInfo(path, _DATE)
    entry.create_system, entry.external_attr, entry.compress_type = _UNIX, _MODE, zipfile.ZIP_STORED
    sha = hashlib.sha256()
    with ExitStack() as open_files:
        if isinstance(content, bytes):
            source: IO[bytes] = io.BytesIO(content)
            entry.file_size = len(content)
        else:
            source = open_files.enter_context(content.open("rb"))
            entry.file_size = content.stat().st_size
        with archive.open(entry, "w") as copy:
            while piece := source.read(_PIECE):
                sha.update(piece)
                copy.write(piece)
    return sha.hexdigest(), entry.file_size


def _listing(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests, key=str.encode)).encode()
