"""From a path to a source: regular files of a bounded size, in UTF-8, without hidden characters."""

import os
import re
import stat
from pathlib import Path

from release_portal import digest
from release_portal.finding import Location
from release_portal.source._hidden import HIDDEN, told
from release_portal.source._places import places
from release_portal.source._source import Source
from release_portal.source._unreadable import Unreadable
from release_portal.source._values import Unusual, Value, values
from release_portal.source._words import HINT, LONGEST, MESSAGE, OVERLONG

MAX_BYTES = 256 * 1024

_FENCE = re.compile(r"---[ \t]*\r?\n")
_CLOSE = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


def read(root: Path, path: str) -> Source:
    """Read a YAML or Markdown file below `root`.

    Raises:
        Unreadable: the file is no regular file, too large, not UTF-8, or not plain YAML.

    """
    return parse(path, read_bytes(root, path))


def read_bytes(root: Path, path: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file of at most `limit` bytes. Links are never followed.

    Raises:
        Unreadable: it is something else, larger, or cannot be opened.

    """
    place = Location(path)
    try:
        descriptor = os.open(
            os.path.join(root, path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        )
    except OSError as error:
        words = error.strerror or "cannot be opened"
        raise Unreadable(
            "irregular-file", place, f"cannot be read: {words}", "commit a regular file"
        ) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("irregular-file", place, "is no regular file", "commit a regular file")
    try:
        content = _content(descriptor, limit + 1)
    finally:
        os.close(descriptor)
    if len(content) > limit:
        hint = "split the record, or copy bulk data to evidence/"
        raise Unreadable("unsafe-yaml", place, f"is larger than {limit // 1024} KB", hint)
    return content


def _content(descriptor: int, most: int) -> bytes:
    """Up to so many bytes of an open file, without a buffered reader around each of thousands of small files."""
    content = b""
    while len(content) < most and (more := os.read(descriptor, most - len(content))):
        content += more
    return content


def parse(path: str, content: bytes) -> Source:
    """Parse the bytes of a file; the ending of `path` tells YAML (`.yaml`) from Markdown (`.md`).

    Raises:
        Unreadable: as `read`.

    """
    text = _decode(path, content)
    source = _parsed(path, text, digest.of_text(content))
    _refuse_overlong(path, text)
    return source


def _parsed(path: str, text: str, known: str) -> Source:
    """What a text says, with its digest."""
    if not path.endswith(".md"):
        return Source(path, text, _values(path, text, 0), known)
    opening = _FENCE.match(text)
    if not opening:
        return Source(path, text, {}, known, body=text)
    closing = _CLOSE.search(text, opening.end())
    if not closing:
        hint = "end the front matter with a line of three dashes"
        raise Unreadable("malformed-yaml", Location(path), "front matter does not end", hint)
    front = opening.end(), closing.start()
    data = _values(path, text[slice(*front)], 1)
    line = text.count("\n", 0, closing.end() + 1) + 1
    body = text[closing.end() + 1 :]
    return Source(path, text, {} if data is None else data, known, body, line, front)


def _values(path: str, text: str, first_line: int) -> Value:
    """Values of a YAML document, read with care where it is not as records are."""
    try:
        return values(text)
    except Unusual:
        places(path, text, first_line)  # tells what is wrong, and where
        raise


def _decode(path: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(path, content[: error.start].decode("utf-8"))
        raise Unreadable("hidden-characters", place, "is not UTF-8 text", "save the file as UTF-8") from error
    hidden = HIDDEN.search(text)
    if hidden:
        raise Unreadable(
            "hidden-characters", _place(path, text[: hidden.start()]), told(hidden[0]), "remove it"
        )
    return text


def _refuse_overlong(path: str, text: str) -> None:
    overlong = OVERLONG.search(text) if len(text) > LONGEST else None
    if overlong:
        raise Unreadable("unsafe-yaml", _place(path, text[: overlong.start()]), MESSAGE, HINT)


def _place(path: str, before: str) -> Location:
    """The place after a text."""
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
