"""Finished parts of a site, kept from build to build: a release's pages, or one bundle of the search index.

A part is a folder of files and a list of them. The list says what the part was made from, as a key, and for how long
it holds; it says of every file its digest and its stat signature. A file with the same signature is taken as it is;
one with another is read and must have the digest, as after a copy to another machine. Anything else is damaged: told
in a note, and made again. So this is only ever a speed-up, as every cache.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from release_portal.cache import Cache

Signature = tuple[int, int, int]
Write = Callable[[str], None]  # writes a file to a path


@dataclass(frozen=True, slots=True)
class Period:
    """When what was made holds: made for the instant `since`, and the same until `until`; for good without one."""

    since: datetime
    until: datetime | None = None

    def __contains__(self, at: datetime) -> bool:
        """Whether it would be made the same at an instant."""
        return at == self.since or (self.since < at and (self.until is None or at < self.until))


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the site: its name, the key of what it was made from, and its files with digest and signature."""

    name: str
    key: str
    period: Period
    files: Mapping[str, tuple[str, Signature]]

    @property
    def pages(self) -> int:
        """How many pages are in it."""
        return sum(path.endswith("/index.html") for path in self.files)

    @property
    def digest(self) -> str:
        """A digest over all of its files."""
        lines = (f"{path}\0{digest}\n" for path, (digest, _) in sorted(self.files.items()))
        return hashlib.blake2b("".join(lines).encode(), digest_size=16).hexdigest()


class Units:
    """The parts that are kept in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lists = Cache(folder / "lists")

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> Iterator["Units"]:
        """The parts kept in a folder, for one build at a time; where it cannot be written to, none are kept for long."""
        with ExitStack() as stack:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                lock = stack.enter_context((folder / "lock").open("w"))
            except OSError as error:
                units = cls(Path(stack.enter_context(TemporaryDirectory(prefix="release-portal-"))))
                units._lists.note(f"no page is kept for the next build: {error.strerror}")
            else:
                fcntl.flock(lock, fcntl.LOCK_EX)
                units = cls(folder)
            yield units

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be used, and why."""
        return self._lists.notes

    def find(self, name: str, key: str, at: datetime) -> Unit | None:
        """Give a part that was made from the same and holds at an instant, all of its files being whole."""
        unit = self.kept(name)
        if unit is None or unit.key != key or at not in unit.period:
            return None
        moved: dict[str, tuple[str, Signature]] = {}
        for path, (digest, signature) in unit.files.items():
            found = _signature(self._path(unit, path))
            if found == signature and found:
                continue
            if _digest(self._path(unit, path)) != digest:
                self._lists.note(f"kept page {path} is damaged and was made again")
                return None
            moved[path] = (digest, found)
        return self._list(Unit(name, key, unit.period, {**unit.files, **moved})) if moved else unit

    def kept(self, name: str) -> Unit | None:
        """Give the list of a part as it is kept, whatever it was made from."""
        document = self._lists.load_json(f"{name}.json")
        if document is None:
            return None
        try:
            return _unit(name, document)
        except (KeyError, TypeError, ValueError):
            self._lists.note(f"the list of kept pages of {name} is not one of this version")
            return None

    def put(
        self, name: str, key: str, period: Period, files: Iterable[tuple[str, bytes | Path | Write]]
    ) -> Unit:
        """Keep a part in place of the one of before; a file that is there already, under a name of its own, is shared."""
        folder = self._folder / "parts" / name
        draft = folder.with_name(f".{name}.{os.getpid()}")
        _clear(draft)
        made: dict[str, tuple[str, Signature]] = {}
        folders: set[str] = set()
        for path, content in files:
            target = os.path.join(draft, path)
            parent = os.path.dirname(target)
            if parent not in folders:
                os.makedirs(parent, exist_ok=True)
                folders.add(parent)
            if not isinstance(content, bytes):
                link(str(content), target) if isinstance(content, Path) else content(target)
                made[path] = (_digest(target), _signature(target))
                continue
            with open(target, "xb") as file:
                file.write(content)
            made[path] = (hashlib.blake2b(content, digest_size=16).hexdigest(), _signature(target))
        draft.mkdir(parents=True, exist_ok=True)
        _clear(self._folder / "lists" / f"{name}.json")
        _clear(folder)
        draft.rename(folder)
        return self._list(Unit(name, key, period, made))

    def place(self, unit: Unit, site_dir: Path) -> None:
        """Put the files of a part into a site: as links to the same content, or as copies where there are none."""
        folders: set[str] = set()
        for path in unit.files:
            target = os.path.join(site_dir, path)
            parent = os.path.dirname(target)
            if parent not in folders:
                os.makedirs(parent, exist_ok=True)
                folders.add(parent)
            link(self._path(unit, path), target)

    def content(self, unit: Unit) -> Iterable[tuple[str, bytes]]:
        """Give each file of a part with its content."""
        for path in unit.files:
            yield path, Path(self._path(unit, path)).read_bytes()

    def keep_only(self, names: Iterable[str]) -> None:
        """Forget every other part."""
        wanted = set(names)
        with suppress(OSError):
            for entry in os.scandir(self._folder / "parts"):
                if entry.name not in wanted:
                    _clear(Path(entry.path))
                    _clear(self._folder / "lists" / f"{entry.name}.json")

    def _path(self, unit: Unit, path: str) -> str:
        return os.path.join(self._folder, "parts", unit.name, path)

    def _list(self, unit: Unit) -> Unit:
        until = unit.period.until
        document = {
            "name": unit.name,
            "key": unit.key,
            "since": unit.period.since.isoformat(),
            "until": until.isoformat() if until else None,
            "files": {path: [digest, *signature] for path, (digest, signature) in unit.files.items()},
        }
        self._lists.save_json(f"{unit.name}.json", document)
        return unit


def _clear(path: Path) -> None:
    """Remove whatever stands at a path."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def link(source: str, target: str) -> None:
    """Let a file have a second name; where that is not to be had, copy it."""
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _unit(name: str, document: Mapping[str, Any]) -> Unit:
    if document["name"] != name:
        raise ValueError("it is the list of another part")
    until = document["until"]
    period = Period(
        datetime.fromisoformat(document["since"]), datetime.fromisoformat(until) if until else None
    )
    files = {
        inside(path): (str(digest), (int(size), int(changed), int(number)))
        for path, (digest, size, changed, number) in document["files"].items()
    }
    return Unit(name, str(document["key"]), period, files)


def inside(path: str) -> str:
    """A path in a site.

    Raises:
        ValueError: it leads out of it.

    """
    if path.startswith("/") or ".." in PurePosixPath(path).parts:
        raise ValueError(f"{path} is outside")
    return path


def _signature(path: str) -> Signature:
    """Size, time of change and number of a regular file; nothing of what is none."""
    try:
        seen = os.lstat(path)
    except OSError:
        return (0, 0, 0)
    return (seen.st_size, seen.st_mtime_ns, seen.st_ino)


def _digest(path: str) -> str:
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except OSError:
        return ""
