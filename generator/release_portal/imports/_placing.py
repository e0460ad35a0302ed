"""Where copies of imported files go below the release's folder, with their digests."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from release_portal import digest
from release_portal.failure import Misconfigured
from release_portal.folder import RESERVED
from release_portal.imports._document import written
from release_portal.imports._importer import Copy
from release_portal.release import Release
from release_portal.wording import printable

_FOREIGN = re.compile(r"[^A-Za-z0-9._+-]+")


@dataclass(frozen=True, slots=True)
class Placing:
    """Copies by name, and the evidence entry of each."""

    release: Release
    copies: Mapping[str, Copy]
    places: Mapping[str, Mapping[str, str]]

    def conflicts(self) -> Iterator[str]:
        """Copies in whose place another file stands."""
        for place in self.places.values():
            stands = self._stands(place["path"])
            if stands and stands != place["sha256"]:
                yield f"{self.release.folder}/{place['path']}:1:1: another file stands here, with SHA-256 {stands}"

    def files(self) -> dict[str, bytes]:
        """Content of the copies that are not there yet, by path from the root."""
        return {
            f"{self.release.folder}/{place['path']}": self.copies[name].source.data
            for name, place in self.places.items()
            if place["sha256"] != self._stands(place["path"])
        }

    def _stands(self, path: str) -> str:
        there = self.release.evidence.get(path)
        return there.sha256 if there else ""


def placing(release: Release, copies: Iterable[Copy], now: datetime) -> Placing:
    """Places for copies. A file whose bytes are in evidence/ already stays where it is.

    Raises:
        Misconfigured: two files would be one.

    """
    known = {(file.sha256, PurePath(path).suffix): path for path, file in release.evidence.items()}
    named: dict[str, Copy] = {}
    places: dict[str, Mapping[str, str]] = {}
    for one in copies:
        first = named.setdefault(one.name, one)
        sha256 = digest.of_bytes(one.source.data)
        path = known.get((sha256, PurePath(one.name).suffix)) or f"evidence/{_portable(one.name)}"
        if first.source != one.source:
            message = f"two files would be {path}: {first.source.path} and {one.source.path}"
            raise Misconfigured(message, "give them other names")
        for name, place in places.items():
            if name != one.name and (path == place["path"] or sha256 == place["sha256"]):
                message = f"{named[name].source.path} and {one.source.path} would be one file"
                raise Misconfigured(message, "give other names to files, and each file once")
        describes = f"{one.describes}. Imported from {printable(one.source.path)} at {written(now)}."
        places[one.name] = {"path": path, "sha256": sha256, "describes": describes}
    return Placing(release, named, places)


def _portable(name: str) -> str:
    """A file name that every file system, and the check, accept."""
    stem, _, ending = _FOREIGN.sub("-", name).lstrip(".+-").rpartition(".")
    device = RESERVED.match(f"{stem}.")  # Windows opens a device by such a name, whatever its ending
    return f"{'report-' if device else ''}{stem[:80] or 'report'}.{ending}"
