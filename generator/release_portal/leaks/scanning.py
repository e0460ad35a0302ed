"""Looks for internal texts in every file of a site, all of them at once, in every form that a text can have there."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import material

from release_portal.leaks.forms import forms, within
from release_portal.leaks.internal import Wanted
from release_portal.leaks.packed import UnreadableError
from release_portal.leaks.searching import Search
from release_portal.leaks.written import readings
from release_portal.public import THEME
from release_portal.shipped import sample_root
from release_portal.wording import printable

_SHOWN = 200  # hits in a report, before the rest is a number
_WORDS = {"texts of records"}  # which are public where a public text says the same
_FILE = "files of records and evidence"


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """An internal text in a file: its path in the site, the kind, the text as it is compared, and its form there."""

    path: str
    kind: str
    text: str
    form: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a scan looked for, in how many files, and what it found. `theme` files are as they were shipped."""

    wanted: Wanted
    files: int
    theme: int
    size: int
    hits: tuple[Hit, ...]
    unread: tuple[str, ...]

    @property
    def kinds(self) -> Counter[str]:
        """How many texts of each kind were looked for."""
        return Counter([*self.wanted.texts.values(), *([_FILE] * len(self.wanted.files))])

    def text(self) -> str:
        """The proof, for people."""
        found = Counter(hit.kind for hit in self.hits)
        lines = [f"release-portal {version('release-portal')}: internal texts in a site for the public", ""]
        lines += [f"{'looked for':<32}{'texts':>8}{'hits':>8}"]
        lines += [f"{kind:<32}{count:>8}{found[kind]:>8}" for kind, count in sorted(self.kinds.items())]
        lines += ["", f"{self.files} files scanned, {self.size} bytes as they are"]
        lines += [
            f"{self.theme} more are files of the theme as they were shipped, which no record has a part in"
        ]
        lines += [f"{len(self.wanted.short)} texts are too short to look for"]
        lines += [f"not read: {one}" for one in self.unread]
        excused = self.wanted.excused
        words = sum(kind in _WORDS for kind in excused.values())
        lines += [
            f"{len(excused)} texts are public as well and were let pass: {words} beginnings of sentences, and"
        ]
        lines += sorted(
            f"  {kind}: {printable(text)}" for text, kind in excused.items() if kind not in _WORDS
        )
        lines += ["", f"{len(self.hits)} hits"]
        lines += [f"{hit.path}: {hit.kind}: {printable(hit.text)} ({hit.form})" for hit in self.hits[:_SHOWN]]
        lines += [f"and {len(self.hits) - _SHOWN} more"] if len(self.hits) > _SHOWN else []
        return "\n".join(lines) + "\n"


def scan(site: Path, wanted: Wanted) -> Report:
    """Look for internal texts in every file of a site, and in the names of its files and folders."""
    search = Search(wanted)
    hits: dict[tuple[str, str], Hit] = {}
    unread: list[str] = []
    files = theme = size = 0
    for path in _entries(site):
        name = path.relative_to(site).as_posix()
        if path.is_symlink():
            unread.append(f"{name}: a link, which leads somewhere else")
            continue
        if not path.is_dir() and not path.is_file():
            unread.append(f"{name}: neither a file nor a folder")
            continue
        content = b"" if path.is_dir() else path.read_bytes()
        if _of_theme(name, content):
            theme += 1
            continue
        files, size = files + path.is_file(), size + len(content)
        try:
            for hit in _hits(name, content, search, wanted):
                hits.setdefault((hit.path, hit.text), hit)
        except UnreadableError as error:
            unread.append(f"{name}: {error}")
    return Report(wanted, files, theme, size, tuple(sorted(hits.values())), tuple(unread))


def _entries(site: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(site):
        folders.sort()
        yield from (Path(folder, name) for name in (*folders, *sorted(names)))


def _of_theme(path: str, content: bytes) -> bool:
    """Whether a file is one that the theme's makers or we ship, as it is: no record and nobody's wording is in it."""
    shipped = (Path(material.__file__).parent / "templates", sample_root() / "overrides", THEME)
    return any((folder / path).is_file() and (folder / path).read_bytes() == content for folder in shipped)


def _hits(path: str, content: bytes, search: Search, wanted: Wanted) -> Iterator[Hit]:
    for form, text in (("its path", path), *(("its path", text) for _, text in readings(path))):
        yield from (Hit(path, wanted.texts[found], found, form) for found in search.found(text, form))
    for how, inner in within(content, path):
        digest = hashlib.sha256(inner).hexdigest()
        if digest in wanted.files:
            yield Hit(path, _FILE, digest, "whole")
        for form, text in forms(how, inner):
            yield from (Hit(path, wanted.texts[found], found, form) for found in search.found(text, form))
