"""The shape of a rule: a pure function from a portal to problems, under the name of its module."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from release_portal.finding import Finding, Location, Severity
from release_portal.portal import Portal
from release_portal.progress import Stage
from release_portal.release import CLOSED, Release


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: where, what, and what to do. `severity` only where it is not the rule's own."""

    location: Location
    message: str
    hint: str = ""
    release: str = ""
    severity: Severity | None = None


Problems = Iterable[Problem]
EVERYTHING = ("*",)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; its name is its module's, with dashes. The module's docstring is its documentation.

    `guards` names what it judges: record types, `slot:` with a reference of the process, or `process` for the
    process document; EVERYTHING for what holds of every record. /rules/ shows what that leaves unguarded.
    `since` is the day on which a rule joined an earlier version of this tool: releases that were closed before are
    told of it, and it is not held against them. `needs_roster`: it looks people up, so it can say nothing
    while there is no roster to look in.
    """

    module: str
    check: Callable[[Portal], Problems]
    severity: Severity = Severity.ERROR
    guards: tuple[str, ...] = EVERYTHING
    since: date | None = None
    needs_roster: bool = False

    @property
    def name(self) -> str:
        """Name by which findings, pages and `explain` know the rule."""
        return self.module.rpartition(".")[2].replace("_", "-")

    @property
    def documentation(self) -> str:
        """The rule's page, in Markdown: its first line is what the rule says."""
        return (sys.modules[self.module].__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """What the rule says, in one line."""
        return self.documentation.partition("\n")[0]

    def findings(self, portal: Portal) -> Iterator[Finding]:
        """What the rule finds wrong in a portal."""
        for one in self.check(portal):
            severity = (
                Severity.NOTICE if self._is_younger(portal, one.release) else one.severity or self.severity
            )
            yield Finding(self.name, severity, one.location, one.message, one.hint, one.release)

    def _is_younger(self, portal: Portal, version: str) -> bool:
        """Whether a release was closed before there was such a rule."""
        release = portal.release(version) if self.since else None
        closed = release.facts.closed_at if release and release.facts and release.phase == CLOSED else None
        return bool(closed and self.since and closed.date() < self.since)


def reported_by_reading(name: str) -> Callable[[Portal], Problems]:
    """The check of a rule that reading itself enforces: it hands on what was reported under its name."""

    def check(portal: Portal) -> Problems:
        for finding in portal.reported(name):
            yield Problem(finding.location, finding.message, finding.hint, finding.release)

    return check


def by_stage(portal: Portal, release: Release, location: Location) -> Severity | None:
    """Severity of something that waits to be done, by the phase in whose folder it lies.

    An error in a passed phase, a warning in the current one, None (say nothing) in one that is not due.
    What lies in no phase is an error once the first phase has passed.
    """
    progress = portal.progress[release.version]
    folder = location.path.removeprefix(f"{release.folder}/").partition("/")[0]
    return _weight(progress.stage(folder) or progress.phases[0].stage)


def by_home(portal: Portal, release: Release, record_type: str) -> Severity | None:
    """Severity of something that waits to be done in records of a type, by the phase that they belong to.

    As `by_stage`; None also where the process asks for no such record.
    """
    home = portal.process_of(release).home(record_type)
    stage = portal.progress[release.version].stage(home.folder) if home else None
    return _weight(stage or Stage.AHEAD)


def _weight(stage: Stage) -> Severity | None:
    if stage is Stage.AHEAD:
        return None
    return Severity.WARNING if stage is Stage.CURRENT else Severity.ERROR
