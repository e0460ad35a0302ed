"""How far a release is, as frozen values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from release_portal.clock import Clock
from release_portal.finding import Location
from release_portal.process import Deliverable, Phase, Process
from release_portal.progress._vocabulary import Basis, GapKind, Stage, State
from release_portal.proof import Proof
from release_portal.records._record import Record
from release_portal.release import SignedRecord
from release_portal.roster import Roster


@dataclass(frozen=True, slots=True)
class Measure:
    """What a release is judged by: process, roster, the least proof of a sign-off, and the instant.

    `closed_on` is the day on which it was closed, by the portal's history where git was asked; None while it is open.
    """

    process: Process
    roster: Roster
    least: Proof
    clock: Clock
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a deliverable lacks. `subject` is a record type's name, `role` who must sign.

    Where a statement that it does not apply lacks a signature, `subject` is its number, `person` who must give it.
    """

    kind: GapKind
    subject: str
    message: str
    location: Location
    role: str = ""
    person: str = ""


@dataclass(frozen=True)
class DeliverableProgress:
    """One deliverable of one release, with the records that deliver it and what is missing still.

    `waived` says that the release states that it does not apply, and that this counts.
    """

    deliverable: Deliverable
    phase: Phase
    state: State
    records: tuple[Record[Any], ...]
    signoffs: tuple[SignedRecord, ...]
    gaps: tuple[Gap, ...]
    reason: str = ""
    waived: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is due or done; what is neither, or does not apply, is no part of a count."""
        return self.state not in {State.NOT_DUE, State.NOT_APPLICABLE}

    @cached_property
    def required(self) -> frozenset[tuple[str, str]]:
        """The sign-offs that it needs, as (subject, role); none where it does not apply."""
        if self.state is State.NOT_APPLICABLE:
            return frozenset()
        bound = self.deliverable
        return frozenset((name, role) for name in bound.subjects for role in bound.binding.signed_by)

    @cached_property
    def given(self) -> Mapping[tuple[str, str], bool]:
        """The sign-offs needed that approve what stands there now, each with whether git or a key confirms it."""
        found: dict[tuple[str, str], bool] = {}
        for one in self.signoffs:
            key = (one.subject, one.value.role if one.value else "")
            proof = one.attestation.proof
            approves = one.value is not None and one.value.decision == "approve"
            if approves and key in self.required and proof.rank >= Proof.ROSTER.rank:
                found[key] = found.get(key, False) or proof.verified
        return found

    @property
    def basis(self) -> Basis:
        """What it rests on once it is done."""
        return _basis(self.required, self.given)


@dataclass(frozen=True)
class PhaseProgress:
    """One phase of one release."""

    phase: Phase
    stage: Stage
    state: State
    deliverables: tuple[DeliverableProgress, ...]

    @property
    def counted(self) -> tuple[DeliverableProgress, ...]:
        """The deliverables that are due or done."""
        return tuple(one for one in self.deliverables if one.counts)

    @property
    def complete(self) -> int:
        """How many of those that count lack nothing."""
        return sum(one.state is State.DONE for one in self.counted)

    @cached_property
    def required(self) -> frozenset[tuple[str, str]]:
        """The sign-offs that its deliverables need, as (subject, role)."""
        return frozenset(pair for one in self.deliverables for pair in one.required)

    @cached_property
    def given(self) -> Mapping[tuple[str, str], bool]:
        """Those of them that are given, each with whether git or a key confirms it."""
        return {pair: proved for one in self.deliverables for pair, proved in one.given.items()}

    @property
    def basis(self) -> Basis:
        """What it rests on once it is done."""
        return _basis(self.required, self.given)

    @property
    def open(self) -> tuple[DeliverableProgress, ...]:
        """Deliverables that keep the phase's gate shut."""
        return tuple(one for one in self.deliverables if one.gaps and one.state is not State.NOT_APPLICABLE)


@dataclass(frozen=True)
class Progress:
    """A release's way through the process."""

    phases: tuple[PhaseProgress, ...]

    @property
    def current(self) -> PhaseProgress | None:
        """The phase that the release is in; None once it is closed or withdrawn."""
        return next((one for one in self.phases if one.stage is Stage.CURRENT), None)

    @cached_property
    def deliverables(self) -> tuple[DeliverableProgress, ...]:
        """All deliverables, in the order of the process."""
        return tuple(one for phase in self.phases for one in phase.deliverables)

    def stage(self, folder: str) -> Stage | None:
        """Stage of the phase with a folder; None where no phase has it."""
        return self._stages.get(folder)

    def delivered_by(self, subject: str) -> tuple[DeliverableProgress, ...]:
        """The deliverables that a record type, or a document, delivers."""
        return self._by_subject.get(subject, ())

    @cached_property
    def _stages(self) -> Mapping[str, Stage]:
        return {one.phase.folder: one.stage for one in self.phases}

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[DeliverableProgress, ...]]:
        subjects = {subject for one in self.deliverables for subject in one.deliverable.subjects}
        return {
            subject: tuple(one for one in self.deliverables if subject in one.deliverable.subjects)
            for subject in subjects
        }


def _basis(required: Collection[tuple[str, str]], given: Mapping[tuple[str, str], bool]) -> Basis:
    if not required:
        return Basis.UNSIGNED
    return Basis.PROVED if all(given.get(one, False) for one in required) else Basis.STATED
