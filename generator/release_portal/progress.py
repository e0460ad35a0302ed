"""How far a release is: the state of each deliverable and of each phase, and what stands in the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from release_portal.finding import Location
from release_portal.process import Deliverable, Phase, Process
from release_portal.records._record import Record
from release_portal.records.changes import Changes
from release_portal.records.checklist import Checklist
from release_portal.records.deployments import Deployments
from release_portal.records.health import Health
from release_portal.records.release import NotApplicable
from release_portal.release import Release, SignedRecord
from release_portal.roster import Roster


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


def progress(process: Process, roster: Roster, release: Release, as_of: datetime) -> Progress:
    """Judge a release's deliverables by a process as of an instant."""
    order = process.order(release.facts.phase) if release.facts else 1
    late = _may_fill_later(process, release, as_of)
    phases = []
    for phase in process.phases:
        stage = _stage(phase.number, order, late)
        deliverables = tuple(_deliverable(process, roster, release, phase, item, stage) for item in phase.deliverables)
        phases.append(PhaseProgress(phase, stage, _phase_state(stage, deliverables), deliverables))
    return Progress(tuple(phases))


def _stage(number: int, order: int, late: int) -> Stage:
    if number < order:
        return Stage.CURRENT if number <= late else Stage.PASSED
    return Stage.CURRENT if number == order else Stage.AHEAD


def _may_fill_later(process: Process, release: Release, as_of: datetime) -> int:
    """Number of the last phase whose records a hotfix may still fill in after its deployment; 0 for none."""
    facts = release.facts
    home = process.home("deployments")
    if facts is None or facts.emergency is None or facts.type != "hotfix" or home is None:
        return 0
    deployments = release.one(Deployments)
    ends = [one.finished_at for one in deployments.value.deployments] if deployments and deployments.value else []
    start = max(ends, default=facts.emergency.authorised_at)
    deadline = start + timedelta(days=process.hotfix_fill_days)
    return home.number - 1 if as_of <= deadline else 0


def _deliverable(
    process: Process, roster: Roster, release: Release, phase: Phase, item: Deliverable, stage: Stage
) -> DeliverableProgress:
    records = tuple(record for name in item.binding.records for record in _records(release, item, name, phase))
    signoffs = tuple(one for one in release.signoffs if one.subject in item.binding.records)
    statement = _not_applicable(release, item)
    if statement:
        return DeliverableProgress(item, phase, State.NOT_APPLICABLE, records, signoffs, (), statement.reason)
    if not records and item.binding.optional and not holds(item.binding.when, release):
        ahead = stage is Stage.AHEAD
        reason = "" if ahead else "Only if there is something to record; this release has nothing."
        state = State.NOT_DUE if ahead else State.NOT_APPLICABLE
        return DeliverableProgress(item, phase, state, records, signoffs, (), reason)
    gaps = tuple(_gaps(process, roster, release, phase, item))
    state = _state(stage, gaps, begun=bool(records))
    return DeliverableProgress(item, phase, state, records, signoffs, gaps)


def _records(release: Release, item: Deliverable, name: str, phase: Phase) -> tuple[Record[Any], ...]:
    """Records of a bound type; for a document, the one file that the deliverable names."""
    if item.document:
        path = f"{release.folder}/{phase.folder}/{item.document}.md"
        return tuple(record for record in release.records if record.path == path)
    return release.named(name)


def _not_applicable(release: Release, item: Deliverable) -> NotApplicable | None:
    return release.facts.not_applicable.get(item.number) if release.facts else None


def _gaps(process: Process, roster: Roster, release: Release, phase: Phase, item: Deliverable) -> Iterator[Gap]:
    for name in item.binding.records:
        records = _records(release, item, name, phase)
        if not records:
            home = process.home(name) or phase
            yield Gap(GapKind.RECORD, name, f"{item.document or name} is missing", Location(f"{release.folder}/{home.folder}"))
            continue
        for record in records:
            if record.unfilled:
                count = len(record.unfilled)
                yield Gap(GapKind.UNFILLED, name, f"{count} place{'s' * (count > 1)} to fill in", record.unfilled[0])
            elif record.value is None:
                yield Gap(GapKind.INVALID, name, "the record has errors", record.source.locate())
        for role in item.binding.signed_by:
            yield from signoff_gap(process, roster, release, name, role)


def signoff_gap(process: Process, roster: Roster, release: Release, subject: str, role: str) -> Iterator[Gap]:
    """What keeps a role's sign-off on a record from counting: nothing, or one gap."""
    signed = [one for one in release.signoffs if one.subject == subject and one.value and one.value.role == role]
    valid = [one for one in signed if one.value and roster.holds(one.value.by, role, one.value.at.date())]
    title = process.roles.get(role, role)
    for one in valid:
        if one.value and one.value.decision == "reject":
            message = f"{roster.name(one.value.by)} ({title}) rejects it"
            yield Gap(GapKind.REJECTED, subject, message, one.record.source.locate("decision"), role)
            return
    approving = [one for one in valid if one.value and one.value.decision == "approve"]
    if any(not is_stale(release, one) for one in approving):
        return
    if approving:
        message = f"the {title}'s sign-off is stale: {subject} changed after it"
        yield Gap(GapKind.STALE, subject, message, approving[0].record.source.locate("digest"), role)
        return
    where = Location(f"{release.folder}/signoffs/{subject}")
    yield Gap(GapKind.SIGN_OFF, subject, f"the {title} has not signed {subject}", where, role)


def is_stale(release: Release, signed: SignedRecord) -> bool:
    """Whether what was signed has changed since, or is gone."""
    return signed.value is not None and signed.value.digest != release.digest_of(signed.subject)


def _state(stage: Stage, gaps: tuple[Gap, ...], *, begun: bool) -> State:
    if not gaps:
        return State.DONE
    if stage is Stage.PASSED:
        return State.STALE if all(gap.kind is GapKind.STALE for gap in gaps) else State.MISSING
    if begun:
        return State.IN_PROGRESS
    return State.DUE if stage is Stage.CURRENT else State.NOT_DUE


def _phase_state(stage: Stage, deliverables: tuple[DeliverableProgress, ...]) -> State:
    states = [one.state for one in deliverables]
    for bad in (State.MISSING, State.STALE):
        if bad in states:
            return bad
    if all(state is State.NOT_APPLICABLE for state in states):
        return State.NOT_APPLICABLE
    if all(state in {State.DONE, State.NOT_APPLICABLE} for state in states):
        return State.DONE if stage is not Stage.AHEAD else State.IN_PROGRESS
    if stage is Stage.CURRENT:
        begun = any(state in {State.DONE, State.IN_PROGRESS} for state in states)
        return State.IN_PROGRESS if begun else State.DUE
    return State.IN_PROGRESS if State.IN_PROGRESS in states else State.NOT_DUE


def holds(condition: str, release: Release) -> bool:
    """Whether a named condition of the process holds for a release."""
    return bool(condition) and _CONDITIONS[condition](release)


def _has_impact(release: Release) -> bool:
    changes = release.one(Changes)
    return bool(changes and changes.value) and any(
        "material" in {change.regulatory_impact, change.customer_impact}
        for change in changes.value.changes  # type: ignore[union-attr]
    )


def _has_high_risk(release: Release) -> bool:
    changes = release.one(Changes)
    if changes is None or changes.value is None:
        return False
    return any(change.risk == "high" or change.newly_exposed for change in changes.value.changes)


def _had_incident(release: Release) -> bool:
    health = release.one(Health)
    return health is not None and health.value is not None and bool(health.value.incidents)


def _failed_control(release: Release) -> bool:
    lists = (record.value for record in release.all(Checklist))
    return any(control.answer == "failed" for checklist in lists if checklist for control in checklist.controls)


_CONDITIONS = {
    "impact": _has_impact,
    "high-risk": _has_high_risk,
    "incident": _had_incident,
    "failed-control": _failed_control,
}
