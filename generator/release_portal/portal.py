"""Everything that rules and pages judge and show, as frozen values: no file is read above this."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from release_portal.clock import Clock
from release_portal.facts import GitFacts, NotChecked
from release_portal.finding import Finding, Location
from release_portal.git import Commit, Signature
from release_portal.process import Process
from release_portal.progress import Measure, Progress
from release_portal.proof import Proof
from release_portal.records._record import Record
from release_portal.release import Release
from release_portal.roster import Roster
from release_portal.settings import Settings

Shape = TypeVar("Shape")
NOT_ASKED = GitFacts(NotChecked("this portal", "git was not asked"))


@dataclass(frozen=True, slots=True)
class Move:
    """A commit that put a release in another phase: that phase, and those in which the commit's parents had it."""

    commit: Commit
    phase: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retyping:
    """A commit that made a release one of another type: that type, and those that the commit's parents had."""

    commit: Commit
    type: str
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """A file of roster, keys or process that differs from the base branch.

    `restored` is the commit whose content it has again; empty where the content is new.
    """

    location: Location
    restored: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """The branch that a pull request is judged by: what of the policy differs, and whether records do."""

    commit: str
    policy: tuple[PolicyChange, ...]
    records_changed: bool


@dataclass(frozen=True, kw_only=True)
class Portal:
    """Process, roster and releases of a portal as of an instant, and what git says of them.

    `releases` go from newest to oldest; `progress` is by version; `processes` are the earlier versions of
    the process by version; `unread` is what reading found wrong. `moves` are by version, parents before children;
    there are none where git was not asked, and so with `retypings`. `closed_on` is the
    day on which a closed release was closed, by version. `seals` are the verdicts on the signatures that seals carry, by version.
    """

    settings: Settings
    process: Process
    roster: Roster
    releases: tuple[Release, ...]
    clock: Clock
    progress: Mapping[str, Progress] = field(default_factory=dict)
    processes: Mapping[str, Process] = field(default_factory=dict)
    git: GitFacts = NOT_ASKED
    base: Base | None = None
    moves: Mapping[str, tuple[Move, ...]] = field(default_factory=dict)
    retypings: Mapping[str, tuple[Retyping, ...]] = field(default_factory=dict)
    closed_on: Mapping[str, date] = field(default_factory=dict)
    unread: tuple[Finding, ...] = ()
    seals: Mapping[str, Signature] = field(default_factory=dict)

    @property
    def as_of(self) -> datetime:
        """The instant as of which everything is judged and shown."""
        return self.clock.now

    def all(self, shape: type[Shape]) -> Iterator[tuple[Release, Record[Shape]]]:
        """Every valid record of a shape with its release, from the newest release to the oldest."""
        for release in self.releases:
            for record in release.all(shape):
                yield release, record

    def release(self, version: str) -> Release | None:
        """The release of a version."""
        return self._by_version.get(version)

    @cached_property
    def _by_version(self) -> Mapping[str, Release]:
        return {one.version: one for one in self.releases}

    def process_of(self, release: Release) -> Process:
        """The process that governs a release: the version it names; today's where git has no such version."""
        return self.processes.get(release.process_version, self.process)

    def measure(self, release: Release) -> Measure:
        """What a release is judged by."""
        least, closed_on = Proof(self.settings.proof), self.closed_on.get(release.version)
        return Measure(self.process_of(release), self.roster, least, self.clock, closed_on)

    def reported(self, rule: str) -> Iterator[Finding]:
        """What reading found wrong under one rule's name."""
        return (finding for finding in self.unread if finding.rule == rule)
