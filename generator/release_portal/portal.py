"""Everything that rules and pages judge and show, as frozen values: no file is read above this."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from release_portal.finding import Finding
from release_portal.process import Process
from release_portal.progress import Progress
from release_portal.records._record import Record
from release_portal.release import Release
from release_portal.roster import Roster
from release_portal.settings import Settings

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """Process, roster and releases of a portal as of an instant.

    `releases` go from newest to oldest; `progress` is by version; `unread` is what reading found wrong.
    """

    settings: Settings
    process: Process
    roster: Roster
    releases: tuple[Release, ...]
    as_of: datetime
    progress: Mapping[str, Progress] = field(default_factory=dict)
    unread: tuple[Finding, ...] = ()

    def all(self, shape: type[Shape]) -> Iterator[tuple[Release, Record[Shape]]]:
        """Every valid record of a shape with its release, from the newest release to the oldest."""
        for release in self.releases:
            for record in release.all(shape):
                yield release, record

    def release(self, version: str) -> Release | None:
        """The release of a version."""
        return next((one for one in self.releases if one.version == version), None)

    def reported(self, rule: str) -> Iterator[Finding]:
        """What reading found wrong under one rule's name."""
        return (finding for finding in self.unread if finding.rule == rule)
