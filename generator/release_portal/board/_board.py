"""What stands between each release and its next phase, as frozen values: what every format tells."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from release_portal.assess import Assessment
from release_portal.board._answer import answer
from release_portal.board._gate import at_the_gate
from release_portal.board._since import Way, since, ways
from release_portal.finding import Finding, Severity
from release_portal.portal import Portal
from release_portal.process import Phase
from release_portal.progress import GapKind, PhaseProgress, Stage, State
from release_portal.release import CLOSED, WITHDRAWN, Release
from release_portal.rules._emergency import fill_deadline
from release_portal.todo import Actor, Todo, people, todos

# What these rules find is told as something to do, with who must act.
_TOLD = {"missing-deliverable", "missing-sign-off", "stale-sign-off", "unproved-sign-off", "rejected-record"}


class Standing(StrEnum):
    """How a phase of a release stands. Blocked: somebody rejects, something is wrong, or it was left undone."""

    DONE = "done"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    NOT_DUE = "not due"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase: how many of the deliverables that are due or done lack nothing, and since when the release is in it, if it is."""

    phase: Phase
    standing: Standing
    current: bool
    complete: int
    deliverables: int
    since: datetime | None

    @property
    def words(self) -> str:
        """How it stands, and where that does not tell it by itself, why: nothing lacks, and still it is blocked."""
        wrong = self.standing is Standing.BLOCKED and self.complete == self.deliverables
        return "blocked by errors" if wrong else self.standing.value


@dataclass(frozen=True, slots=True)
class Open:
    """Something to do, and since when. What a hotfix may fill in later shuts no gate until `due`."""

    todo: Todo
    since: datetime | None
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseBoard:
    """One release. `ready` says whether its next gate is open, `answer` the same in words.

    `errors` are findings that are no deliverable's, and warnings that are errors beyond the gate: `manager` must see to
    them. `deployed` says that the phase which deploys is behind it; `warnings` counts findings that shut no gate.
    """

    release: Release
    ready: bool
    answer: str
    deployed: bool
    phases: tuple[PhaseLine, ...]
    open: tuple[Open, ...]
    errors: tuple[Finding, ...]
    warnings: int
    manager: tuple[Actor, ...]

    @property
    def count(self) -> int:
        """How many things are open."""
        return len(self.open) + len(self.errors)


@dataclass(frozen=True, slots=True)
class Board:
    """Some releases, the next one first. `errors` are of the portal as a whole, and shut the gate of each release too."""

    portal: Portal
    releases: tuple[ReleaseBoard, ...]
    errors: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether the next gate of every release is open, and nothing is wrong with the portal as a whole."""
        return not self.errors and all(one.ready for one in self.releases)


def board(root: Path, assessment: Assessment, version: str | None = None) -> Board:
    """The board of one release, or of all that are neither closed nor withdrawn.

    The first is the one that comes next: the oldest that is not deployed. Then come the others, oldest
    first.
    """
    portal = assessment.portal
    chosen = [one for one in portal.releases if one.version == version] if version else _unclosed(portal)
    known, waiting = ways(root, portal, chosen), at_the_gate(assessment, chosen)
    boards = [_release(assessment, one, known.get(one.version, Way()), waiting) for one in chosen]
    inorder = tuple(sorted(boards, key=lambda one: (one.deployed, one.release.precedence())))
    return Board(portal, inorder, tuple(one for one in assessment.of("") if one.severity is Severity.ERROR))


def _unclosed(portal: Portal) -> list[Release]:
    return [one for one in portal.releases if one.phase not in {CLOSED, WITHDRAWN}]


def _release(
    assessment: Assessment, release: Release, way: Way, waiting: Collection[Finding]
) -> ReleaseBoard:
    portal = assessment.portal
    found = [one for one in assessment.findings if one.release in {"", release.version}]
    wrong = [one for one in found if one.severity is Severity.ERROR]
    barred = [one for one in found if one in waiting]
    open_ = tuple(_open(portal, release, way, one) for one in todos(portal, release))
    errors = tuple(_untold(portal, release, [*wrong, *barred], [one.todo for one in open_]))
    shut = wrong or barred or any(one.due is None for one in open_)
    ready = not shut and release.phase != WITHDRAWN
    return ReleaseBoard(
        release=release,
        ready=ready,
        answer=answer(portal, release, len(open_) + len(errors), ready=ready),
        deployed=_is_deployed(portal, release),
        phases=tuple(
            _line(release, way, one, wrong, barred) for one in portal.progress[release.version].phases
        ),
        open=open_,
        errors=errors,
        warnings=sum(one.severity is Severity.WARNING for one in found) - len(barred),
        manager=people(portal, release, "release-manager"),
    )


def _open(portal: Portal, release: Release, way: Way, todo: Todo) -> Open:
    later = not todo.overdue and todo.phase.slug != release.phase
    return Open(todo, since(portal, release, way, todo), fill_deadline(portal, release) if later else None)


def _untold(
    portal: Portal, release: Release, wrong: Iterable[Finding], told: list[Todo]
) -> Iterable[Finding]:
    """Errors that nothing to do tells already; one for each rule and place.

    In a phase of the process, `phase-gate` only says that something is overdue: what is, is told.
    """
    gate = {"phase-gate"} if portal.process_of(release).phase(release.phase) else set()
    places = {(one.gap.location.path, one.gap.location.line) for one in told}
    unfilled = {one.path for one in told if one.gap.kind is GapKind.UNFILLED}
    seen: set[tuple[str, object]] = set()
    for one in wrong:
        waits = one.rule == "unfilled-placeholder" and one.location.path in unfilled
        known = one.rule in _TOLD | gate or waits or (one.location.path, one.location.line) in places
        if not known and (one.rule, one.location) not in seen:
            seen.add((one.rule, one.location))
            yield one


def _is_deployed(portal: Portal, release: Release) -> bool:
    home = portal.process_of(release).home("deployments")
    return home is not None and portal.progress[release.version].stage(home.folder) is Stage.PASSED


def _line(
    release: Release, way: Way, one: PhaseProgress, wrong: Iterable[Finding], barred: Iterable[Finding]
) -> PhaseLine:
    inside = f"{release.folder}/{one.phase.folder}/"
    current = one.phase.slug == release.phase
    faulty = any(finding.location.path.startswith(inside) for finding in wrong)
    rejected = any(gap.kind is GapKind.REJECTED for item in one.open for gap in item.gaps)
    if one.stage is not Stage.AHEAD and (faulty or rejected or (one.open and one.stage is Stage.PASSED)):
        standing = Standing.BLOCKED
    elif current and any(barred):
        standing = Standing.IN_PROGRESS
    elif one.state in {State.DONE, State.NOT_APPLICABLE}:
        standing = Standing(one.state.value)
    else:
        standing = Standing.NOT_DUE if one.state is State.NOT_DUE else Standing.IN_PROGRESS
    at = way.entered(release.phase) if current else None
    return PhaseLine(one.phase, standing, current, one.complete, len(one.counted), at)
