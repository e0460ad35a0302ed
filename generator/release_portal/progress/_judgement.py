"""Judges a release by its process: the state of each deliverable and each phase, and what stands in the way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from release_portal.finding import Location
from release_portal.process import Deliverable, Phase, Process
from release_portal.progress._conditions import holds, is_settled
from release_portal.progress._signing import rejections, signoff_gap
from release_portal.progress._values import (
    DeliverableProgress,
    Gap,
    Measure,
    PhaseProgress,
    Progress,
)
from release_portal.progress._vocabulary import GapKind, Stage, State
from release_portal.progress._waivers import is_accepted, is_earlier, unwaivable, waiver_gap
from release_portal.records._record import Record
from release_portal.records._walk import evidence_of
from release_portal.records.deployments import Deployments
from release_portal.records.release import Emergency
from release_portal.release import CLOSED, WITHDRAWN, Release


def progress(measure: Measure, release: Release) -> Progress:
    """Judge a release's deliverables."""
    process = measure.process
    known = {*(phase.slug for phase in process.phases), CLOSED, WITHDRAWN}
    order = process.order(release.phase) if release.phase in known else 1
    withdrawn = release.phase == WITHDRAWN
    if withdrawn:
        order = _reached(process, release)
    late = _may_fill_later(measure, release)
    phases = []
    for phase in process.phases:
        stage = _stage(phase.number, order, late)
        if withdrawn and stage is Stage.CURRENT:
            stage = Stage.AHEAD  # nobody will finish it
        deliverables = tuple(
            _deliverable(measure, release, phase, item, stage) for item in phase.deliverables
        )
        phases.append(PhaseProgress(phase, stage, _phase_state(stage, deliverables), deliverables))
    return Progress(tuple(phases))


def _reached(process: Process, release: Release) -> int:
    """Number of the last phase that has a record: where a withdrawn release stopped."""
    folders = {release.relative(record).partition("/")[0] for record in release.records}
    return max((phase.number for phase in process.phases if phase.folder in folders), default=1)


def _stage(number: int, order: int, late: int) -> Stage:
    if number < order:
        return Stage.CURRENT if number <= late else Stage.PASSED
    return Stage.CURRENT if number == order else Stage.AHEAD


def emergency(release: Release) -> Emergency | None:
    """The emergency that lets a hotfix go ahead of its records; None for every other release."""
    facts = release.facts
    return facts.emergency if facts and facts.type == "hotfix" else None


def fill_deadline(process: Process, release: Release) -> datetime | None:
    """Until when a hotfix may fill in the phases before its deployment; None for every other release."""
    allowed, deployments = emergency(release), release.one(Deployments)
    if allowed is None:
        return None
    done = deployments.value.deployments if deployments and deployments.value else ()
    start = max((one.finished_at for one in done), default=allowed.authorised_at)
    return start + timedelta(days=process.hotfix_fill_days)


def _may_fill_later(measure: Measure, release: Release) -> int:
    """Number of the last phase whose records a hotfix may still fill in after its deployment; 0 for none."""
    home, deadline = measure.process.home("deployments"), fill_deadline(measure.process, release)
    return home.number - 1 if home and deadline and not measure.clock.passed(deadline) else 0


def _deliverable(
    measure: Measure, release: Release, phase: Phase, item: Deliverable, stage: Stage
) -> DeliverableProgress:
    records = tuple(record for subject in item.subjects for record in release.subjects(subject))
    signoffs = tuple(one for one in release.signoffs if one.subject in (*item.subjects, item.number))
    statement = release.facts.not_applicable.get(item.number) if release.facts else None
    earlier = is_earlier(measure)
    if statement and (earlier or not unwaivable(measure.process, release, item)):
        accepted = earlier or is_accepted(measure, release, item)
        open_ = tuple(_waiver_gaps(measure, release, item, accepted=accepted))
        state = _state(stage, open_, begun=bool(records)) if open_ else State.NOT_APPLICABLE
        reason = "" if open_ else statement.reason
        return DeliverableProgress(item, phase, state, records, signoffs, open_, reason, waived=accepted)
    if not records and item.binding.optional and not holds(item.binding.when, release):
        unsettled = stage is Stage.CURRENT and not is_settled(item.binding.when, release)
        early = stage is Stage.AHEAD or unsettled
        reason = "" if early else "Only if there is something to record; its own records name nothing."
        state = State.NOT_DUE if early else State.NOT_APPLICABLE
        return DeliverableProgress(item, phase, state, records, signoffs, (), reason)
    gaps = tuple(_gaps(measure, release, phase, item))
    state = _state(stage, gaps, begun=bool(records))
    return DeliverableProgress(item, phase, state, records, signoffs, gaps)


def _waiver_gaps(measure: Measure, release: Release, item: Deliverable, *, accepted: bool) -> Iterator[Gap]:
    """What keeps a deliverable open that is said not to apply: no signature, or a rejection of it or its records."""
    if not accepted:
        yield waiver_gap(measure, release, item)
    for subject in (item.number, *item.subjects):
        yield from rejections(measure, release, subject, ())


def _gaps(measure: Measure, release: Release, phase: Phase, item: Deliverable) -> Iterator[Gap]:
    for subject in item.subjects:
        records = release.subjects(subject)
        if not records:
            home = measure.process.home(subject) or phase
            place = Location(f"{release.folder}/{home.folder}")
            yield Gap(GapKind.RECORD, subject, f"{subject} is missing", place)
            continue
        for record in records:
            if record.unfilled:
                count = len(record.unfilled)
                message = f"{count} place{'s' * (count > 1)} to fill in"
                yield Gap(GapKind.UNFILLED, subject, message, record.unfilled[0])
            elif record.value is None:
                yield Gap(GapKind.INVALID, subject, "the record has errors", record.source.locate())
            else:
                yield from _evidence_gaps(release, subject, record)
        for role in item.binding.signed_by:
            yield from signoff_gap(measure, release, subject, role)
        about = [one for one in measure.process.deliverables if subject in one.subjects]
        if item is about[0]:
            roles = {role for one in about for role in one.binding.signed_by}
            yield from rejections(measure, release, subject, roles)


def _evidence_gaps(release: Release, subject: str, record: Record[Any]) -> Iterator[Gap]:
    """Evidence that a record lists and that is not there, or not what the record says."""
    for route, evidence in evidence_of(record):
        file = release.evidence.get(evidence.path)
        if evidence.path and (file is None or file.sha256 != evidence.sha256):
            what = "is missing" if file is None else "is not as stated"
            place = record.source.locate(*route)
            yield Gap(GapKind.EVIDENCE, subject, f"evidence {evidence.path} {what}", place)


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
