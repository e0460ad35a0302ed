"""Which pages share an index: a bundle for the portal's own pages, one for each hundred releases, one for the reference.

A hundred releases are what Pagefind indexes in some seconds and what a first query can afford to ask. Bundles follow
the versions, so that a new release changes the newest bundle only. The reference is rules and record types: many pages,
which few look for and which have a word for everything, so that they are asked last.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from release_portal.exports.aliases import NAMES
from release_portal.release import RELEASES, Release

SIZE = 100
FOLDER = "search"
_REFERENCE = ("rules", "records")
_LISTS = {Path("rules/index.html"), Path("records/index.html")}  # every line of them is a page of its own


@dataclass(frozen=True, slots=True)
class Bundle:
    """An index of its own, in `search/<number>/`; `pages` are paths of HTML files below the site's folder."""

    number: int
    pages: tuple[Path, ...]
    releases: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its folder below the site's."""
        return f"{FOLDER}/{self.number}"


def bundles(releases: Sequence[Release], site_dir: Path) -> Iterator[Bundle]:
    """Give the portal's bundle, then those of the releases, oldest first, then that of the reference."""
    versions = [one.version for one in sorted(releases, key=Release.precedence)]
    apart = {"assets", FOLDER, *_REFERENCE, *(f"{RELEASES}/{name}" for name in (*versions, *NAMES))}
    yield Bundle(0, tuple(_pages(site_dir, Path(), apart)))
    starts = range(0, len(versions), SIZE)
    for number, start in enumerate(starts, start=1):
        some = tuple(versions[start : start + SIZE])
        pages = tuple(page for one in some for page in _pages(site_dir, Path(RELEASES, one)))
        yield Bundle(number, pages, some)
    folders = (Path(name) for name in _REFERENCE if (site_dir / name).is_dir())
    reference = tuple(page for one in folders for page in _pages(site_dir, one) if page not in _LISTS)
    if reference:
        yield Bundle(len(starts) + 1, reference)


def _pages(site_dir: Path, folder: Path, apart: Collection[str] = ()) -> Iterator[Path]:
    """Paths of the pages at and below a folder of the site, without some folders."""
    for entry in sorted((site_dir / folder).iterdir()):
        path = folder / entry.name
        if entry.is_dir() and path.as_posix() not in apart:
            yield from _pages(site_dir, path, apart)
        elif entry.name == "index.html":
            yield path
