"""Every runbook as the newest release has it, with the releases that have an older one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from release_portal.assess import Assessment
from release_portal.pages._places import home
from release_portal.pages._production import in_production
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.records.runbook import Runbook
from release_portal.release import WITHDRAWN, Release
from release_portal.roster import Roster

Version = tuple[Release, Runbook]


def rows(assessment: Assessment) -> Iterator[Row]:
    """By service, then by title. A withdrawn release's runbook is the newest only where no other has it."""
    found: dict[str, list[Version]] = defaultdict(list)
    for release, record in assessment.portal.all(Runbook):
        if record.value:
            found[record.name].append((release, record.value))
    running = in_production(assessment.portal)
    made = []
    for name, versions in found.items():
        versions.sort(key=lambda one: one[0].phase == WITHDRAWN)
        made.append(
            (
                versions[0][1],
                _row(assessment.portal.roster, name, versions, running.release if running else None),
            )
        )
    for _, row in sorted(made, key=lambda one: (one[0].service.casefold(), one[0].title.casefold())):
        yield row


def _row(roster: Roster, name: str, versions: Sequence[Version], running: Release | None) -> Row:
    (release, newest), older = versions[0], versions[1:]
    ahead = running is not None and release.precedence() > running.precedence()
    return Row(
        id=row_id(name),
        tone="warning" if ahead else "",
        cells={
            "runbook": cell.text(newest.title, href=_address(release, name)),
            "service": cell.text(newest.service),
            "trigger": cell.text(newest.trigger),
            "owner": cell.person(roster, newest.owner),
            "tested_on": cell.day(newest.tested_on),
            "release": cell.release_of(release),
            "ahead": cell.text("Not in production yet" if ahead else ""),
            "older": cell.several(
                (cell.Cell(kind="version", text=one.version, href=_address(one, name)) for one, _ in older),
                joined=", ",
            ),
        },
    )


def _address(release: Release, name: str) -> str:
    return f"{home(release)}runbooks/{name}/"


REGISTER = Register(
    name="runbooks",
    title="Runbooks",
    noun="runbook",
    lead="Every runbook as the newest release has it, by service.",
    empty="No release has one.",
    order=90,
    reads=("runbook",),
    rows=rows,
    tally="service",
    groups=("service", "owner", "release"),
    columns=(
        Column(key="runbook", title="Runbook"),
        Column(key="trigger", title="Use it when"),
        Column(key="service", title="Service", facet=True),
        Column(key="owner", title="Owner", facet=True, style="rp-nowrap"),
        Column(key="tested_on", title="Tested", style="rp-nowrap"),
        Column(key="release", title="Newest in", facet=True, newest=True, style="rp-nowrap"),
        Column(key="ahead", title="Ahead of production", below="release"),
        Column(key="older", title="Older in", style="rp-nowrap"),
    ),
)
