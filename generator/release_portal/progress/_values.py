"""How far a release is, as frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from release_portal.clock import Clock
from release_portal.finding import Location
from release_portal.process import Deliverable, Phase, Process
from release_portal.proof import Proof
from release_portal.records._record import Record
from release_portal.release import SignedRecord
from release_portal.roster import Roster


@dataclass(frozen=True, slots=True)
class Measure:
    """What a release is judged by: process, roster, the least proof of a sign-off, and the instant."""

    process: Process
    roster: Roster
    least: Proof
    clock: Clock


class State(StrEnum):
    """State of a deliverable or a phase: the one vocabulary of the portal."""

    DONE = "done"
    IN_PROGRESS = "in progress"
    DUE = "due"
    MISSING = "missing"
    STALE = "stale"
    NOT_DUE = "not due"
    NOT_APPLICABLE = "not applicable"
    NOT_CHECKED = "not checked here"


class Stage(StrEnum):
    """Where a phase lies, seen from the phase that the release is in."""

    PASSED = "passed"
    CURRENT = "current"
    AHEAD = "ahead"


class GapKind(StrEnum):
    """What a deliverable lacks."""

    RECORD = "record"
    INVALID = "invalid"
    UNFILLED = "unfilled"
    SIGN_OFF = "sign-off"
    EVIDENCE = "evidence"
    UNPROVED = "unproved"
    STALE = "stale"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a deliverable lacks. `subject` is a record type's name, `role` who must sign."""

    kind: GapKind
    subject: str
    message: str
    location: Location
    role: str = ""


@dataclass(frozen=True, slots=True)
class DeliverableProgress:
    """One deliverable of one release, with the records that deliver it and what is missing still."""

    deliverable: Deliverable
    phase: Phase
    state: State
    records: tuple[Record[Any], ...]
    signoffs: tuple[SignedRecord, ...]
    gaps: tuple[Gap, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PhaseProgress:
    """One phase of one release."""

    phase: Phase
    stage: Stage
    state: State
    deliverables: tuple[DeliverableProgress, ...]

    @property
    def open(self) -> tuple[DeliverableProgress, ...]:
        """Deliverables that keep the phase's gate shut."""
        return tuple(one for one in self.deliverables if one.gaps and one.state is not State.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Progress:
    """A release's way through the process."""

    phases: tuple[PhaseProgress, ...]

    @property
    def current(self) -> PhaseProgress | None:
        """The phase that the release is in; None once it is closed or withdrawn."""
        return next((one for one in self.phases if one.stage is Stage.CURRENT), None)

    @property
    def deliverables(self) -> tuple[DeliverableProgress, ...]:
        """All deliverables, in the order of the process."""
        return tuple(one for phase in self.phases for one in phase.deliverables)

    def stage(self, folder: str) -> Stage | None:
        """Stage of the phase with a folder; None where no phase has it."""
        return next((one.stage for one in self.phases if one.phase.folder == folder), None)
