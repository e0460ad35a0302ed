"""Pages of releases made on other machines: a Dask cluster runs the same task as a process of this one does.

Each worker reads the portal by itself, once for each state of it, and must come to the key that this machine came to:
then its pages are made from the same. What it makes goes by way of an `Exchange`. Tasks of a worker that is lost run
again on another.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from distributed import Client, Future, as_completed

from release_portal.assess import assess
from release_portal.book import Book, portal_pages
from release_portal.cache import Cache, folder_of
from release_portal.exchange import Exchange
from release_portal.failure import Failure
from release_portal.load import record_types
from release_portal.settings import Settings
from release_portal.shelf import Shelf
from release_portal.shell import MaterialShell
from release_portal.units import Unit, Units

_PATIENCE = "10s"  # for a scheduler to answer
_read: list[tuple[tuple[object, ...], Book]] = []  # the portal that a worker read last


class Differs(Exception):  # noqa: N818  # a state of another machine, not an error of ours
    """A worker sees another portal, or has another tool, than the machine that asks it."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is told of a build: the portal, as it lies on the worker's machine, and where parts are left."""

    config_file: Path
    settings: Settings
    at: datetime
    url: str

    def make(self, version: str, key: str) -> None:
        """Leave the pages of a release at the exchange, made now where they are not there from before.

        Raises:
            Differs: they would be others than those that are asked for.

        """
        exchange = Exchange(self.url)
        if exchange.fetch(version, key, self.at):
            return
        book = self._book()
        if book.key(version) != key:
            _read.clear()  # what was read may be of before
            book = self._book()
        if book.key(version) != key:
            raise Differs(f"a worker sees another state of {version}, or has another version of the tool")
        with tempfile.TemporaryDirectory(prefix="release-portal-") as folder, Units.of(Path(folder)) as units:
            unit = book.make(version, units)
            exchange.send(version, key, unit.period, units.content(unit))

    def _book(self) -> Book:
        known = (self.config_file, self.settings, self.at)
        if not _read or _read[0][0] != known:
            root = self.config_file.parent
            shelf = Shelf(root, Cache(folder_of(root) / "releases"), record_types())
            assessment = assess(root, self.settings, self.at, shelf=shelf)
            pages = portal_pages(assessment)
            shell = MaterialShell.from_config_file(self.config_file, self.at, pages)
            _read[:] = [(known, Book(assessment, shell, root))]
        return _read[0][1]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The address of a Dask scheduler, and of the place where its workers leave what they make."""

    scheduler: str
    url: str

    def task(self, config_file: Path, settings: Settings, at: datetime) -> Task:
        """What its workers are told of a build."""
        return Task(config_file, settings, at, self.url)

    @contextmanager
    def begin(
        self, task: Task, keys: Mapping[str, str], units: Units
    ) -> Iterator[Callable[[], Iterator[Unit]]]:
        """Begin making the pages of releases, by version with the key of each; what is given waits for them.

        Raises:
            Failure: nothing answers, a worker sees another portal, or what it made did not arrive.

        """
        try:
            client = Client(self.scheduler, timeout=_PATIENCE, set_as_default=False)
        except OSError as error:
            raise Failure(f"no Dask scheduler answers at {self.scheduler}", "see --scheduler") from error
        with client:
            asked = {client.submit(task.make, *one, pure=False): one for one in keys.items()}
            done = as_completed(asked, loop=client.loop)
            yield lambda: (self._received(one, *asked[one], task.at, units) for one in done)

    def _received(self, future: "Future[None]", version: str, key: str, at: datetime, units: Units) -> Unit:
        try:
            future.result()
        except Differs as error:
            raise Failure(str(error), "give all machines the same checkout, and the same tool") from error
        part = Exchange(self.url).fetch(version, key, at)
        if part is None:
            raise Failure(f"the pages of {version} did not arrive at {self.url}", "see --cache")
        period, files = part
        return units.put(version, key, period, files.items())
