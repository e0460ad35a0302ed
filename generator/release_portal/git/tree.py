"""What a commit holds: files by path, and whether a work tree's file is one of them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from release_portal.git._command import Command

REGULAR = ("100644", "100755")
_PIECE = 1 << 18


@dataclass(frozen=True, slots=True)
class Blob:
    """A file's content by its object id, and its mode: 100644, 100755, 120000 a link, 160000 a submodule."""

    id: str
    mode: str

    @property
    def is_regular(self) -> bool:
        """Whether it is a plain file."""
        return self.mode in REGULAR

    @property
    def is_submodule(self) -> bool:
        """Whether it is no content at all, but a commit of another repository."""
        return self.mode == "160000"

    def holds(self, content: bytes) -> bool:
        """Whether a file of the work tree has this content, line ends aside (CRLF counts as LF).

        It is computed from the content itself, without the index, whose marks can hide a change, and
        without the filters that configuration and attributes can name.
        """
        return self.is_regular and self.id in (
            _id(content, self.id),
            _id(content.replace(b"\r\n", b"\n"), self.id),
        )

    def is_file(self, path: Path) -> bool:
        """Whether a file of the work tree has this content, as `holds` says; it is read piece by piece.

        Raises:
            OSError: it cannot be read.

        """
        sha = hashlib.new(_hash(self.id), b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                sha.update(piece)
        return self.is_regular and (sha.hexdigest() == self.id or self.holds(path.read_bytes()))


def read(command: Command, commit: str, folders: Sequence[str]) -> Mapping[str, Blob]:
    """Files of a commit below some folders (or at some paths), by path.

    Raises:
        Unverifiable: a tree cannot be read.

    """
    text = command.read(["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit, "--", *folders])
    found = {}
    for entry in text.split(b"\0")[:-1]:
        head, _, path = entry.partition(b"\t")
        mode, _, object_id = head.decode().split(" ")
        found[path.decode("utf-8", "surrogateescape")] = Blob(object_id, mode)
    return found


def _id(content: bytes, like: str) -> str:
    """The object id of a file's content, in the repository's hash: SHA-1 or SHA-256 by the id's length."""
    return hashlib.new(
        _hash(like), b"blob %d\0%b" % (len(content), content), usedforsecurity=False
    ).hexdigest()


def _hash(object_id: str) -> str:
    return "sha1" if len(object_id) == 40 else "sha256"
