"""One record type of one release as a page shows it: good records, broken ones, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from release_portal.assess import Assessment
from release_portal.finding import Finding
from release_portal.load import record_types
from release_portal.pages._signoffs import Subject, subject
from release_portal.process import CONDITIONS, Action, Binding, Deliverable, Phase
from release_portal.progress import Basis, DeliverableProgress, GapKind, Stage, State, holds, is_settled
from release_portal.records._record import Record, RecordType
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Shown:
    """One record. `broken` ones are never shown, nor is a `draft`; `findings` are all those in its file."""

    record: Record[Any]
    path: str
    findings: tuple[Finding, ...]
    broken: bool

    @property
    def draft(self) -> bool:
        """Whether the record is good so far, but too much of it waits to be filled in."""
        return self.record.value is None and not self.broken

    @property
    def good(self) -> bool:
        """Whether its content can be shown."""
        return self.record.value is not None

    @property
    def unfilled(self) -> int:
        """How many places wait to be filled in."""
        return len(self.record.unfilled)

    @property
    def first_line(self) -> int:
        """Line of the first place to fill in."""
        return self.record.unfilled[0].line


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """All records of a type in a release, and the words for their absence. `basis` is what they rest on once done."""

    type: RecordType[Any]
    state: State
    shown: tuple[Shown, ...]
    signoffs: Subject
    basis: Basis = Basis.UNSIGNED
    empty_title: str = ""
    empty_text: str = ""

    @property
    def good(self) -> tuple[Record[Any], ...]:
        """The records whose content can be shown."""
        return tuple(one.record for one in self.shown if one.good)

    @property
    def first(self) -> Any:
        """Value of the first good record; None where there is none."""
        return self.good[0].value if self.good else None


def part(assessment: Assessment, release: Release, name: str) -> Part:
    """What a release has of a record type."""
    type_ = types()[name]
    phase = assessment.portal.process_of(release).home(name)
    stage = assessment.portal.progress[release.version].stage(phase.folder) if phase else None
    shown = tuple(_shown(assessment, release, record) for record in release.named(name))
    title, text = "", ""
    if shown:
        state = _state(assessment, release, name, stage, shown)
    elif type_.home == "release":
        state, title = State.MISSING, f"{type_.title}: missing"
        text = "It is due from the first day of a release."
    elif phase is None or stage is None:
        state, title = State.NOT_APPLICABLE, f"No {_within(type_.title)}"
        text = "The process does not ask for this record."
    else:
        state, title, text = _absence(assessment, release, type_, phase, stage)
    signed = subject(assessment, release, name, type_.title)
    basis = _basis(assessment.portal.progress[release.version].delivered_by(name), name)
    return Part(
        type=type_,
        state=state,
        shown=shown,
        signoffs=signed,
        basis=basis,
        empty_title=title,
        empty_text=text,
    )


def _basis(items: Sequence[DeliverableProgress], name: str) -> Basis:
    """What a record rests on: the sign-offs that the process requires on it, whichever deliverable asks for them."""
    required = {pair for one in items for pair in one.required if pair[0] == name}
    proved = {pair for one in items for pair, confirmed in one.given.items() if confirmed}
    if not required:
        return Basis.UNSIGNED
    return Basis.PROVED if required <= proved else Basis.STATED


@cache
def types() -> dict[str, RecordType[Any]]:
    """All record types by name, collected once."""
    return record_types()


def _shown(assessment: Assessment, release: Release, record: Record[Any]) -> Shown:
    findings = tuple(one for one in assessment.of(release.version) if one.location.path == record.path)
    unread = any(one.location.path == record.path for one in assessment.portal.unread)
    broken = record.value is None and (unread or not record.unfilled)
    return Shown(record, release.relative(record), findings, broken)


def _bullet(phase: Phase, name: str) -> tuple[str, Binding]:
    """The first bullet of a phase that asks for a record type: its number and binding."""
    bullets: tuple[Deliverable | Action, ...] = (*phase.deliverables, *phase.actions)
    for bullet in bullets:
        if bullet.binding and name in bullet.binding.records:
            return bullet.number, bullet.binding
    raise LookupError(name)


def _state(
    assessment: Assessment, release: Release, name: str, stage: Stage | None, shown: tuple[Shown, ...]
) -> State:
    """State of records that are there: done only if they are complete and signed by all who must."""
    gaps = [gap for item in assessment.portal.progress[release.version].deliverables for gap in item.gaps]
    kinds = {gap.kind for gap in gaps if gap.subject == name}
    if not kinds and all(one.record.complete for one in shown):
        return State.DONE
    if stage is Stage.PASSED:
        return State.STALE if kinds == {GapKind.STALE} else State.MISSING
    return State.IN_PROGRESS


def _absence(
    assessment: Assessment, release: Release, type_: RecordType[Any], phase: Phase, stage: Stage
) -> tuple[State, str, str]:
    """State of a record that is not there, with title and text of what stands in its place."""
    number, binding = _bullet(phase, type_.name)
    title, where = f"No {_within(type_.title)}", f"phase {phase.number}, {phase.title}"
    statement = release.facts.not_applicable.get(number) if release.facts else None
    if statement and _counts(assessment, release, number, binding):
        name = assessment.portal.roster.name(statement.approved_by)
        return State.NOT_APPLICABLE, title, f"{statement.reason.rstrip('.')}. Accepted by {name}."
    if binding.optional and not holds(binding.when, release):
        settled = is_settled(binding.when, release)
        early = stage is Stage.AHEAD or (stage is Stage.CURRENT and not settled)
        return State.NOT_DUE if early else State.NOT_APPLICABLE, title, _optional(binding, settled=settled)
    if stage is Stage.PASSED:
        text = f"It was due in {where}, which the release has left."
        return State.MISSING, f"{type_.title}: missing", text
    if stage is Stage.CURRENT:
        return State.DUE, f"{title} yet", f"It is due now, in {where}."
    return State.NOT_DUE, f"{title} yet", f"It is due in {where}."


def _counts(assessment: Assessment, release: Release, number: str, binding: Binding) -> bool:
    """Whether a statement that a bullet does not apply counts; on an action, as long as its condition does not hold."""
    items = assessment.portal.progress[release.version].deliverables
    judged = [one.waived for one in items if one.deliverable.number == number]
    return any(judged) if judged else not holds(binding.when, release)


def _within(title: str) -> str:
    """A title within a sentence: `risk assessment`, but `CAB minutes`."""
    return title[0].lower() + title[1:] if title[1:2].islower() else title


def _optional(binding: Binding, *, settled: bool) -> str:
    if binding.when:
        told = "That is not so here." if settled else "The records do not tell that yet."
        return f"It is required only where {CONDITIONS[binding.when]}. {told}"
    return "It is required only where there is something to record."
