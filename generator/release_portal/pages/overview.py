"""The first page of a release: how far it is, what is open, what it is, and where everything about it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from release_portal.assess import Assessment
from release_portal.charts import timeline
from release_portal.finding import Finding, Severity
from release_portal.metrics.incidents import under
from release_portal.pages._approval import approval
from release_portal.pages._frame import page
from release_portal.pages._neighbours import after, before
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.pages._places import PAGES, place
from release_portal.pages._production import deployed, in_production
from release_portal.pages._signoffs import tally
from release_portal.pages._standing import closed, proved
from release_portal.pages._tags import tag_facts
from release_portal.pages._todo import open_actions, todos
from release_portal.progress import DeliverableProgress, PhaseProgress, Stage
from release_portal.proof import Proof
from release_portal.records.changes import Changes
from release_portal.records.health import Health
from release_portal.release import Release
from release_portal.roster import Roster
from release_portal.todo import gap_text

_SEVERITIES = list(Severity)


@dataclass(frozen=True, slots=True)
class Step:
    """A phase on the stepper and in its panel. `missing` counts deliverables that keep it from closing."""

    progress: PhaseProgress
    current: bool
    missing: int
    rows: tuple["Row", ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A deliverable in its phase's panel: records as (path, address), signers as (name, proof), what is open."""

    progress: DeliverableProgress
    records: tuple[tuple[str, str], ...]
    signers: tuple[tuple[str, Proof], ...]
    accepted_by: str
    open: tuple[str, ...]


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    steps = tuple(_steps(assessment, release))
    toc = [
        ("open", "Open now"),
        ("facts", "Facts"),
        ("timeline", "Timeline"),
        ("phases", "Phases"),
        ("references", "References"),
    ]
    yield page(
        assessment,
        release,
        path="",
        label="Overview",
        template="overview.html",
        wide=True,
        toc=(*toc, ("findings", "Findings")),
        description=release.facts.summary if release.facts else "",
        steps=steps,
        todos=todos(assessment.portal, release),
        actions=open_actions(release),
        older=before(assessment.portal, release),
        newer=after(assessment.portal, release),
        pages=PAGES,
        running=in_production(assessment.portal),
        deployment=deployed(assessment.portal, release),
        approval=approval(assessment, release),
        incidents=under(assessment.portal, release),
        changes=_changes(release),
        signed=tally(assessment.portal, release),
        health=_value(release, Health),
        timeline=timeline.build(assessment, release),
        closed_mark=closed(assessment, release),
        proved=proved(assessment.portal.progress[release.version]),
        tags=tuple(tag_facts(assessment.portal, release)),
        main=part(assessment, release, "release"),
        references=part(assessment, release, "references"),
        findings=sorted(assessment.of(release.version), key=_rank),
        errors=sum(one.severity is Severity.ERROR for one in assessment.of(release.version)),
    )


def _rank(finding: Finding) -> tuple[int, object]:
    return _SEVERITIES.index(finding.severity), finding.order


def _steps(assessment: Assessment, release: Release) -> Iterator[Step]:
    for phase in assessment.portal.progress[release.version].phases:
        rows = tuple(_row(assessment, release, item) for item in phase.deliverables)
        missing = 0 if phase.stage is Stage.AHEAD else len(phase.open)
        yield Step(phase, release.phase == phase.phase.slug, missing, rows)


def _row(assessment: Assessment, release: Release, item: DeliverableProgress) -> Row:
    roster, inside = assessment.portal.roster, f"{item.phase.folder}/"
    records = tuple(
        (release.relative(one).removeprefix(inside), place(release, one.type.name, item.phase.slug))
        for one in item.records
    )
    statement = release.facts.not_applicable.get(item.deliverable.number) if release.facts else None
    accepted = roster.name(statement.approved_by) if statement and item.waived else ""
    texts = tuple(gap_text(assessment.portal, release, item, gap) for gap in item.gaps)
    return Row(item, records, _signers(roster, item), accepted, texts)


def _signers(roster: Roster, item: DeliverableProgress) -> tuple[tuple[str, Proof], ...]:
    """Who of those asked has signed, each once, with the weakest proof of their sign-offs."""
    signers: dict[str, Proof] = {}
    for one in item.signoffs:
        if one.value and one.value.role in item.deliverable.binding.signed_by:
            name, judged = roster.name(one.value.by), one.attestation.proof
            signers[name] = min(signers.get(name, judged), judged, key=list(Proof).index)
    return tuple(signers.items())


def _changes(release: Release) -> int | None:
    """How many changes the change log lists; None without a good one."""
    log = _value(release, Changes)
    return len(log.changes) if log else None


def _value(release: Release, shape: type[Any]) -> Any:
    record = release.one(shape)
    return record.value if record else None


PAGE = ReleasePages(name="overview", order=0, build=build)
