"""Writes `/search/`: the bundles, and the manifest that tells a reader's browser which ones there are."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from release_portal.assess import Assessment
from release_portal.pages._part import types
from release_portal.pages._places import home, place
from release_portal.process import Process
from release_portal.search._bundles import FOLDER, Bundle, bundles
from release_portal.search._pagefind import executable, places, run
from release_portal.units import Period, Unit, Units


def require() -> None:
    """Make sure that an index can be made, before any work is done.

    Raises:
        Misconfigured: Pagefind is not installed.

    """
    executable()


def write(assessment: Assessment, site_dir: Path, units: Units, *, full_text: bool) -> tuple[Unit, ...]:
    """Index the finished pages of a site; without `full_text` say only that there is no index.

    A bundle is made again only where a page of it changed; the bundles are given as they are kept.
    """
    portal = assessment.portal
    found = tuple(bundles(portal.releases, site_dir)) if full_text else ()
    made = tuple(_bundle(bundle, site_dir, units, portal.clock.instant) for bundle in found)
    _put(site_dir / FOLDER / "manifest.json", _manifest(portal.process, found, assessment))
    return made


def write_plain(pages: Sequence[Path], site_dir: Path) -> None:
    """Index some pages of a site in one bundle, with no filter and no id: what a public site needs."""
    run(Bundle(0, tuple(pages)), site_dir)
    _put(site_dir / FOLDER / "manifest.json", {"bundles": [[]], "phases": [], "types": []})


def _bundle(bundle: Bundle, site_dir: Path, units: Units, at: datetime) -> Unit:
    name, key = f"search-{bundle.number}", _key(bundle, site_dir)
    unit = units.find(name, key, at)
    if unit:
        units.place(unit, site_dir)
        return unit
    run(bundle, site_dir)
    if bundle.releases:
        _put(site_dir / bundle.path / "pages.json", places(bundle, site_dir))
    files = sorted(path for path in (site_dir / bundle.path).rglob("*") if path.is_file())
    return units.put(name, key, Period(at), ((path.relative_to(site_dir).as_posix(), path) for path in files))


def _key(bundle: Bundle, site_dir: Path) -> str:
    """What an index is made from: the pages, and the program that reads them."""
    found = hashlib.blake2b(f"{version('pagefind')} {bundle}".encode(), digest_size=16)
    for page in bundle.pages:
        found.update((site_dir / page).read_bytes())
    return found.hexdigest()


def _manifest(process: Process, made: tuple[Bundle, ...], assessment: Assessment) -> dict[str, Any]:
    """Bundles by number, phases in order, and for each record type its title, phase and page below a release."""
    kinds = [
        {"name": type_.name, "title": type_.title, "phase": phase.number, "page": page}
        for type_ in types().values()
        if (phase := process.home(type_.name)) and (page := _page(assessment, type_.name)) is not None
    ]
    return {
        "bundles": [list(one.releases) for one in made],
        "phases": [[phase.number, phase.title] for phase in process.phases],
        "types": sorted(kinds, key=lambda one: (one["phase"], str(one["title"]))),
    }


def _page(assessment: Assessment, name: str) -> str | None:
    """The page of a release that shows records of a type, as its path below the release; None without one."""
    release = next(iter(assessment.portal.releases), None)
    if release is None:
        return None
    path = place(release, name).partition("#")[0].removeprefix(home(release))
    return path or None


def _put(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
