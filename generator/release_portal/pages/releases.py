"""All releases, newest first: how far each one is, phase by phase, and as a whole."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.finding import Severity
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.pages._production import in_production
from release_portal.pages._render import macros
from release_portal.pages._standing import closed
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.pages.registers._table import fill, parts, table
from release_portal.progress import PhaseProgress
from release_portal.release import CLOSED, WITHDRAWN, Release

URI = "releases/"
_HEAT = "heat"  # as releases.html names the table whose rows follow those of the register


def build(assessment: Assessment) -> Iterator[Page]:
    """Give the page, with the rows of both its tables beside it."""
    portal = assessment.portal
    made = table(fill(REGISTER, assessment), assessment)
    drawn = macros("macros/_heat.html", URI, portal=portal, process=portal.process)
    heat = [drawn.row(one) for one in portal.releases]  # type: ignore[attr-defined]  # a macro of the template
    yield portal_page(
        assessment,
        uri=URI,
        title="Releases",
        label="All releases",
        template="releases.html",
        description="All releases, newest first, with the state of each phase.",
        files=(*made.files, *parts(_HEAT, heat, len(made.shown))),
        scripts=("register",),
        releases=portal.releases,
        table=made,
        heat=heat[: len(made.shown)],
    )


def rows(assessment: Assessment) -> Iterator[Row]:
    """Every release, newest first."""
    running = in_production(assessment.portal)
    for release in assessment.portal.releases:
        yield _row(assessment, release, running=running is not None and release is running.release)


def _row(assessment: Assessment, release: Release, *, running: bool) -> Row:
    facts, phases = release.facts, assessment.portal.progress[release.version].phases
    errors = sum(finding.severity is Severity.ERROR for finding in assessment.of(release.version))
    return Row(
        id=row_id(release.version),
        tone="error" if errors else "",
        cells={
            "release": cell.release_of(release),
            "title": cell.text(facts.title if facts else "release.yaml has errors or is not filled in"),
            "production": cell.tag("in-production") if running else cell.NOTHING,
            "status": _status(assessment, release, phases),
            "type": cell.tag(facts.type) if facts else cell.NOTHING,
            "risk": cell.level(facts.risk) if facts else cell.NOTHING,
            "target": cell.day(facts.target_date if facts else None),
            "closed": cell.day(facts.closed_at.date() if facts and facts.closed_at else None),
            "errors": cell.number(errors),
            "process": cell.version(release.process_version) if release.process_version else cell.NOTHING,
        },
    )


def _status(assessment: Assessment, release: Release, phases: tuple[PhaseProgress, ...]) -> cell.Cell:
    """How far a release is as a whole."""
    if release.phase == WITHDRAWN:
        return cell.status("not-applicable", "Withdrawn", order=len(phases) + 2)
    if release.phase == CLOSED:
        mark, word = closed(assessment, release)
        return cell.status(mark, word, order=len(phases) + (mark != "missing"))
    for at, one in enumerate(phases):
        if one.phase.slug == release.phase:
            return cell.status("progress", f"In phase {one.phase.number} of {len(phases)}", order=at)
    return cell.status("missing", "In no phase", order=-1)


REGISTER = Register(
    name="releases",
    address=URI,
    title="All releases",
    noun="release",
    lead="",
    empty="",
    order=0,
    reads=("release",),
    rows=rows,
    tally="status",
    groups=("status", "type", "risk", "process"),
    step=25,
    columns=(
        Column(key="release", title="Release", newest=True),
        Column(key="title", title="Title", below="release"),
        Column(key="production", title="In production", below="release"),
        Column(key="status", title="Status", facet=True),
        Column(key="type", title="Type", facet=True),
        Column(key="risk", title="Risk", facet=True),
        Column(key="target", title="Target", newest=True, style="rp-nowrap"),
        Column(key="closed", title="Closed", newest=True, style="rp-nowrap"),
        Column(key="errors", title="Errors", newest=True, style="rp-num"),
        Column(key="process", title="Process", facet=True, hidden=True),
    ),
)


PAGE = PortalPages(name="releases", order=10, build=build)
