"""Every page made from records, and every file for programs: made, set into the theme, put into the site."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from release_portal import exports, pages
from release_portal.assess import Assessment
from release_portal.downloads import downloads
from release_portal.exports._export import Export
from release_portal.pages._page import Page, PageKind, PortalPages, ReleasePages
from release_portal.registry import collect
from release_portal.release import Release
from release_portal.surroundings import Keys, Surroundings
from release_portal.units import Period, Unit, Units, Write

Tell = Callable[[int, int], None]
Begin = Callable[[Mapping[str, str]], AbstractContextManager[Callable[[], Iterator[Unit]]]]  # keys by version


class Shell(Protocol):
    """What sets pages into the frame around them, and the only part that knows whose theme that is."""

    @property
    def frame(self) -> str:
        """A key for all that a page has of the shell; where it changes, every page is made again."""

    def portal(self) -> Iterator[tuple[Page, str]]:
        """Each page that the portal has once, with its full HTML."""

    def release(self, name: str, pages: Sequence[Page]) -> Iterator[tuple[Page, str]]:
        """Each page of a release with its full HTML."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a site got: pages of the portal, pages of releases that were made, and those that were kept from before."""

    portal: int
    made: int
    kept: int
    units: tuple[Unit, ...]

    @property
    def pages(self) -> int:
        """How many pages from records the site has."""
        return self.portal + self.made + self.kept


def portal_pages(assessment: Assessment) -> tuple[Page, ...]:
    """The pages that the portal has once, in order of their kinds."""
    kinds = (kind for kind in _kinds() if isinstance(kind, PortalPages))
    return tuple(page for kind in kinds for page in kind.build(assessment))


def release_pages(assessment: Assessment, release: Release) -> tuple[Page, ...]:
    """The pages of a release, in order of their kinds: made from it and what is around it, and from nothing else."""
    return _release_pages(Surroundings(assessment).around(release), release)


def _release_pages(seen: Assessment, release: Release) -> tuple[Page, ...]:
    kinds = (kind for kind in _kinds() if isinstance(kind, ReleasePages))
    return tuple(page for kind in kinds for page in kind.build(seen, release))


@dataclass(frozen=True)
class Book:
    """The pages of one site in the making, of the portal in the folder `root`."""

    assessment: Assessment
    shell: Shell
    root: Path

    def key(self, version: str) -> str:
        """What stands for all that the pages of a release are made from, but the time; empty for no release."""
        release = self.assessment.portal.release(version)
        return self._keys.of(release) if release else ""

    def make(self, version: str, units: Units) -> Unit:
        """Make the pages of a release, and keep them.

        Raises:
            KeyError: there is no such release.

        """
        release = self.assessment.portal.release(version)
        if release is None:
            raise KeyError(version)
        seen = self._surroundings.around(release)
        files, clock = tuple(self._files(seen, release)), seen.portal.clock
        return units.put(version, self.key(version), Period(clock.instant, clock.same_until), files)

    def write(
        self, site_dir: Path, taken: set[str], units: Units, begin: Begin, tell: Tell | None = None
    ) -> Written:
        """Put every page and every file for programs below a folder.

        `taken` are the paths that other files of the site have. `begin` begins to make the pages of releases that are
        not kept. `tell` is told how many releases of how many are done.

        Raises:
            FileExistsError: two pages, or a page and another file, want one path.
            Failure: a worker was lost.

        """
        portal = self.assessment.portal
        keys, at = {one.version: self.key(one.version) for one in portal.releases}, portal.clock.instant
        known = {version: units.find(version, key, at) for version, key in keys.items()}
        missing = {version: keys[version] for version, unit in known.items() if unit is None}
        with begin(missing) as results:
            count = sum(_write(page, html, site_dir, taken) for page, html in self.shell.portal())
            for export in collect(exports, "EXPORT", Export):
                for file in export.files(self.assessment):
                    _put(file.path, file.text.encode(), site_dir, taken)
            for done, unit in enumerate(results(), start=1):
                known[unit.name] = unit
                if tell:
                    tell(done, len(missing))
        every = tuple(unit for unit in known.values() if unit)
        for unit in every:
            _claim(unit.files, taken)
            units.place(unit, site_dir)
        made = sum(one.pages for one in every if one.name in missing)
        return Written(count, made, sum(one.pages for one in every) - made, every)

    @cached_property
    def _keys(self) -> Keys:
        return Keys(self.assessment, self.shell.frame)

    @cached_property
    def _surroundings(self) -> Surroundings:
        return Surroundings(self.assessment)

    def _files(self, seen: Assessment, release: Release) -> Iterator[tuple[str, bytes | Write]]:
        """Every file of a release's pages and its evidence: its path in the site, and what it holds."""
        for page, html in self.shell.release(release.version, _release_pages(seen, release)):
            yield page.file, html.encode()
            yield from ((f"{page.uri}{name}", text.encode()) for name, text in page.files)
        yield from downloads(self.root, release)


def _kinds() -> list[PageKind]:
    return sorted(collect(pages, "PAGE", PageKind), key=lambda kind: (kind.order, kind.name))


def _write(page: Page, html: str, site_dir: Path, taken: set[str]) -> int:
    """Write a page and the files beside it."""
    for name, text in ((page.file, html), *((f"{page.uri}{name}", text) for name, text in page.files)):
        _put(name, text.encode(), site_dir, taken)
    return 1


def _put(name: str, content: bytes, site_dir: Path, taken: set[str]) -> None:
    _claim((name,), taken)
    path = site_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _claim(names: Iterable[str], taken: set[str]) -> None:
    for name in names:
        if name in taken:
            raise FileExistsError(f"{name} is wanted twice")
        taken.add(name)
