"""What tells whether files changed since they were read: their stat signatures, or a digest of what they hold."""

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

_SETTLED = 2_000_000_000  # nanoseconds after which a file system tells two changes apart
_MADE = "__pycache__"


class Signature:
    """Stat signatures of files and of everything in folders: size, times, number. Links are not followed.

    `begun` is when it was taken. It is `sure` unless something changed so lately that a further change might not show.
    """

    def __init__(self, places: Iterable[str], *words: str) -> None:
        self.begun = time.time_ns()
        self._newest = 0
        found = hashlib.blake2b("\0".join(words).encode(), digest_size=32)
        for place in places:
            for line in self._lines(place):
                found.update(line.encode("utf-8", "surrogateescape"))
        self.digest = found.hexdigest()

    @property
    def sure(self) -> bool:
        """Whether every file had settled when the signature was taken."""
        return self._newest + _SETTLED <= self.begun

    def _lines(self, place: str) -> Iterator[str]:
        try:
            seen = os.lstat(place)
        except OSError:
            yield f"{place}\0absent\n"
            return
        yield self._line(place, seen)
        folders = [place] if stat.S_ISDIR(seen.st_mode) else []
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name == _MADE:
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    yield self._line(entry.path, entry.stat(follow_symlinks=False))

    def _line(self, path: str, seen: os.stat_result) -> str:
        if stat.S_ISDIR(seen.st_mode):
            return f"{path}\0folder\n"  # its entries tell the rest
        self._newest = max(self._newest, seen.st_mtime_ns, seen.st_ctime_ns)
        return (
            f"{path}\0{seen.st_mode}\0{seen.st_size}\0{seen.st_mtime_ns}\0{seen.st_ctime_ns}\0{seen.st_ino}\n"
        )


def contents(places: Iterable[Path]) -> str:
    """A digest of everything in folders: paths below these, what files hold, where links lead; on every machine the same.

    No link is followed and no device opened.
    """
    found = hashlib.blake2b(digest_size=16)
    for place in places:
        for path in sorted(_entries(place)):
            mode = os.lstat(path).st_mode
            content = _content(path, mode)
            head = f"{path.relative_to(place)}\0{stat.S_IFMT(mode)}\0{len(content)}\0"
            found.update(head.encode("utf-8", "surrogateescape"))
            found.update(content)
        found.update(b"\0\0")
    return found.hexdigest()


def _content(path: Path, mode: int) -> bytes:
    if stat.S_ISLNK(mode):
        return os.fsencode(os.readlink(path))
    return path.read_bytes() if stat.S_ISREG(mode) else b""


def _entries(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield from (place,) if os.path.lexists(place) else ()
    for folder, folders, names in os.walk(place):
        folders[:] = [one for one in folders if one != _MADE]
        yield from (Path(folder, name) for name in (*folders, *names))
