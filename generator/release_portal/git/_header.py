"""Header lines of commits and tags."""

from collections.abc import Mapping, Sequence

from release_portal.git import ident
from release_portal.git.ident import NOBODY, Ident

Header = Mapping[bytes, Sequence[bytes]]


def parse(text: bytes) -> Header:
    """Values of each key, in order. Continued lines start with a space, so their key is empty."""
    header: dict[bytes, list[bytes]] = {}
    for line in text.split(b"\n"):
        key, _, value = line.partition(b" ")
        header.setdefault(key, []).append(value)
    return header


def identity(header: Header, key: bytes, encoding: str = "utf-8") -> Ident:
    """The identity under a key. Where two are given, so that each reader may take another, it is nobody's."""
    values = header.get(key, ())
    return ident.parse(values[0], encoding) if len(values) == 1 else NOBODY
