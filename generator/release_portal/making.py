"""How a site is made, whatever stands around its pages: as of when, from what records, in how many processes."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from release_portal import search
from release_portal.assess import Assessment, assess
from release_portal.book import Begin, Book, Tell, Written
from release_portal.cache import Cache, folder_of
from release_portal.failure import Failure
from release_portal.finding import Severity
from release_portal.git import Repository, Unverifiable
from release_portal.load import record_types
from release_portal.settings import Settings
from release_portal.shelf import Shelf
from release_portal.units import Units
from release_portal.workers import cores, shared

if TYPE_CHECKING:  # it takes an extra, `[cluster]`
    from release_portal.cluster import Cluster


class Refused(Failure):
    """The records hold errors, and a portal with errors is not to be published."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: what was written, seconds by stage, and what its owner should know of it."""

    written: Written
    seconds: Mapping[str, float]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manner:
    """How a site is made, which never shows in it: in so many processes or by a cluster; `tell` is told how far it is."""

    jobs: int = field(default_factory=cores)
    tell: Tell | None = None
    cluster: "Cluster | None" = None

    def begin(self, made: Book, config_file: Path, units: Units) -> Begin:
        """How the pages of releases begin to be made."""
        cluster = self.cluster
        if cluster:
            portal = made.assessment.portal
            task = cluster.task(config_file, portal.settings, portal.clock.instant)
            return lambda keys: cluster.begin(task, keys, units)
        return lambda keys: shared(partial(made.make, units=units), tuple(keys), self.jobs)


def judged(root: Path, settings: Settings, jobs: int, *, strict: bool) -> tuple[Assessment, tuple[str, ...]]:
    """Assess a portal for its site, and give notes on what was kept of it.

    Raises:
        Refused: it is strict, and there are errors.
        Failure: it cannot be assessed.

    """
    shelf = Shelf(root, Cache(folder_of(root) / "releases"), record_types())
    assessment = assess(root, settings, as_of(root), shelf=shelf)
    shelf.keep(jobs)
    errors = assessment.counts[Severity.ERROR]
    if errors and strict:
        raise Refused(f"{errors} errors in the records, nothing was built", "see `release-portal check`")
    return assessment, shelf.cache.notes


def fill(
    made: Book,
    config_file: Path,
    site_dir: Path,
    taken: set[str],
    manner: Manner,
    kept: str,
    *,
    full_text: bool,
) -> Summary:
    """Write the pages made from records into a site, and index it.

    `taken` are the paths that other files of it have; `kept` names the folder in which finished parts are kept.

    Raises:
        FileExistsError: two pages, or a page and another file, want one path.
        Failure: a worker was lost, or Pagefind could not index the pages.

    """
    started = perf_counter()
    with Units.of(folder_of(made.root) / kept) as units:
        written = made.write(site_dir, taken, units, manner.begin(made, config_file, units), manner.tell)
        put = perf_counter()
        bundles = search.write(made.assessment, site_dir, units, full_text=full_text)
        units.keep_only({one.name for one in (*written.units, *bundles)})
    return Summary(written, {"pages": put - started, "search": perf_counter() - put}, units.notes)


def as_of(root: Path) -> datetime:
    """The instant a site is made for: SOURCE_DATE_EPOCH, or when HEAD was committed; now, without git."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = int(epoch) if epoch else Repository.around(root).committed()
    except Unverifiable:
        return datetime.now(UTC)
    return datetime.fromtimestamp(seconds, UTC)
