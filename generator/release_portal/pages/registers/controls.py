"""Every control that a checklist names, with the answer that each release gave to it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from release_portal.assess import Assessment
from release_portal.pages._render import backed
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.records.checklist import Checklist, Control
from release_portal.records.exceptions import Exceptions
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Answered:
    """A control as one release answered it; `name` is that of its checklist's file."""

    release: Release
    name: str
    control: Control

    @property
    def state(self) -> cell.Cell:
        """The answer. Met is green only where its evidence is here, with the digest that is stated."""
        if self.control.answer == "failed":
            return cell.status("missing", "Failed", order=0)
        if self.control.answer == "not-applicable":
            return cell.status("not-applicable", "Not applicable", order=3)
        if backed(self.control.evidence, self.release):
            return cell.status("done", "Met", order=2)
        return cell.status("claimed", "Met as stated", order=1)

    @property
    def address(self) -> str:
        """Where the answer is shown."""
        return cell.spot(self.release, "checklist", f"{self.name}-{self.control.control.replace(' ', '-')}")

    @property
    def failed(self) -> bool:
        """Whether the release did not meet it."""
        return self.control.answer == "failed"


def rows(assessment: Assessment) -> Iterator[Row]:
    """By framework, in it by the control's id."""
    titles, found = _answers(assessment)
    states = {
        (release.version, one.id): one.state
        for release, record in assessment.portal.all(Exceptions)
        for one in (record.value.exceptions if record.value else ())
    }
    for framework, control in sorted(found, key=lambda key: (key[0], cell.natural(key[1]))):
        yield _row(framework, titles[framework], control, found[framework, control], states)


def _answers(
    assessment: Assessment,
) -> tuple[Mapping[str, str], Mapping[tuple[str, str], Sequence[Answered]]]:
    """Newest title of each framework; answers, newest release first, by framework and control."""
    titles: dict[str, str] = {}
    found: dict[tuple[str, str], list[Answered]] = defaultdict(list)
    for release, record in assessment.portal.all(Checklist):
        if value := record.value:
            titles.setdefault(value.framework, value.title)
            for one in value.controls:
                found[value.framework, one.control].append(Answered(release, record.name, one))
    return titles, found


def _row(
    framework: str,
    title: str,
    control: str,
    answers: Sequence[Answered],
    states: Mapping[tuple[str, str], str],
) -> Row:
    newest, failed = answers[0], [one for one in answers if one.failed]
    return Row(
        id=row_id(framework, control),
        tone=("warning" if newest.control.exception else "error") if newest.failed else "",
        cells={
            "control": cell.mono(control, href=newest.address),
            "question": cell.text(newest.control.question),
            "framework": cell.Cell(text=title, value=framework, key=framework),
            "newest": newest.state,
            "answers": cell.several(cell.answer(one.release, one.address, one.state) for one in answers),
            "failed": cell.number(len(failed)),
            "history": _history(newest, failed),
            "release": cell.several(cell.release_of(one.release) for one in answers),
            "evidence": cell.number(sum(len(one.control.evidence) for one in answers)),
            "exceptions": cell.several(_exception(one) for one in answers if one.control.exception),
            "excused": cell.several(_excuse(one, states) for one in failed),
        },
    )


def _history(newest: Answered, failed: Sequence[Answered]) -> cell.Cell:
    """Whether any release failed it, also one whose answer a newer release has overtaken."""
    if newest.failed:
        return cell.Cell(text="Newest answer failed", value="newest", key=0)
    if failed:
        return cell.Cell(text="Failed in an earlier release", value="earlier", key=1)
    return cell.Cell(text="Never failed", value="never", key=2)


def _exception(one: Answered) -> cell.Cell:
    """The exception that a failed answer names."""
    name = one.control.exception
    return cell.mono(name, href=cell.spot(one.release, "exceptions", name))


def _excuse(one: Answered, states: Mapping[tuple[str, str], str]) -> cell.Cell:
    """What became of the exception to a failed answer."""
    if not one.control.exception:
        return cell.Cell(text="Failed without exception", value="none", key=0)
    state = states.get((one.release.version, one.control.exception), "")
    text, value, key = _EXCUSES.get(state, ("Exception not on record", "unknown", 1))
    return cell.Cell(text=text, value=value, key=key)


_EXCUSES = {
    "accepted": ("Exception open", "open", 2),
    "rejected": ("Exception rejected", "rejected", 3),
    "closed": ("Exception closed", "closed", 4),
}

REGISTER = Register(
    name="controls",
    title="Controls",
    noun="control",
    lead="What each release answered to each control, newest first, and how often it failed. Met is green where its evidence is here with the stated digest.",
    empty="No release has answered a compliance checklist yet.",
    order=60,
    reads=("checklist",),
    rows=rows,
    tally="history",
    groups=("framework", "newest", "history"),
    group="framework",
    columns=(
        Column(key="control", title="Control", style="rp-nowrap"),
        Column(key="question", title="Question"),
        Column(key="framework", title="Framework", hidden=True, facet=True),
        Column(key="newest", title="Newest answer", hidden=True, facet=True),
        Column(key="answers", title="Answers", style="rp-nowrap"),
        Column(key="failed", title="Failed answers", newest=True, style="rp-num"),
        Column(key="history", title="Failed in any release", hidden=True, facet=True),
        Column(key="release", title="Release", hidden=True, facet=True, newest=True),
        Column(key="evidence", title="Evidence", style="rp-num"),
        Column(key="exceptions", title="Exceptions"),
        Column(key="excused", title="Open exception", below="exceptions", facet=True),
    ),
)
