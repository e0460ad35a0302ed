"""Every control that a checklist names, with the answer that each release gave to it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from release_portal.assess import Assessment
from release_portal.pages._render import backed
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.records.checklist import Checklist, Control
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


def rows(assessment: Assessment) -> Iterator[Row]:
    """By framework, in it by the control's id."""
    titles, found = _answers(assessment)
    for framework, control in sorted(found, key=lambda key: (key[0], cell.natural(key[1]))):
        yield _row(framework, titles[framework], control, found[framework, control])


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


def _row(framework: str, title: str, control: str, answers: Sequence[Answered]) -> Row:
    newest = answers[0]
    excused = [one for one in answers if one.control.exception]
    open_ = newest.control.answer == "failed"
    return Row(
        id=row_id(framework, control),
        tone=("warning" if newest.control.exception else "error") if open_ else "",
        cells={
            "control": cell.mono(control, href=newest.address),
            "question": cell.text(newest.control.question),
            "framework": cell.Cell(text=title, value=framework, key=framework),
            "newest": newest.state,
            "answers": cell.several(cell.answer(one.release, one.address, one.state) for one in answers),
            "release": cell.several(cell.release_of(one.release) for one in answers),
            "evidence": cell.number(sum(len(one.control.evidence) for one in answers)),
            "exceptions": cell.several(
                cell.mono(
                    one.control.exception, href=cell.spot(one.release, "exceptions", one.control.exception)
                )
                for one in excused
            ),
        },
    )


REGISTER = Register(
    name="controls",
    title="Controls",
    noun="control",
    lead="What each release answered to each control, newest first. Met is green where its evidence is here with the stated digest.",
    empty="No compliance checklist answers one.",
    order=60,
    reads=("checklist",),
    rows=rows,
    tally="newest",
    groups=("framework", "newest"),
    group="framework",
    columns=(
        Column(key="control", title="Control", style="rp-nowrap"),
        Column(key="question", title="Question"),
        Column(key="framework", title="Framework", hidden=True, facet=True),
        Column(key="newest", title="Newest answer", hidden=True, facet=True),
        Column(key="answers", title="Answers", style="rp-nowrap"),
        Column(key="release", title="Release", hidden=True, facet=True, newest=True),
        Column(key="evidence", title="Evidence", style="rp-num"),
        Column(key="exceptions", title="Exceptions"),
    ),
)
