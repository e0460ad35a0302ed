"""Every runbook as the newest release has it, with the releases that have an older one."""

from collections.abc import Iterator, Sequence

from release_portal.assess import Assessment
from release_portal.pages._carried import Version, versions
from release_portal.pages._production import in_production
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.release import Release
from release_portal.roster import Roster


def rows(assessment: Assessment) -> Iterator[Row]:
    """By service, then by title. A withdrawn release's runbook is the newest only where no other has it."""
    portal = assessment.portal
    running = in_production(portal)
    for every in sorted(versions(portal).values(), key=lambda one: one[0].rank):
        yield _row(portal.roster, every, running.release if running else None)


def _row(roster: Roster, every: Sequence[Version], running: Release | None) -> Row:
    newest, *older = every
    runbook, release = newest.runbook, newest.release
    ahead = running is not None and release.precedence() > running.precedence()
    return Row(
        id=row_id(newest.record.name),
        tone="warning" if ahead else "",
        cells={
            "runbook": cell.text(runbook.title, href=newest.address),
            "service": cell.text(runbook.service),
            "trigger": cell.text(runbook.trigger),
            "owner": cell.person(roster, runbook.owner),
            "tested_on": cell.day(runbook.tested_on),
            "release": cell.release_of(release),
            "ahead": cell.text("Not in production yet" if ahead else ""),
            "older": cell.several(
                (cell.Cell(kind="version", text=one.release.version, href=one.address) for one in older),
                joined=", ",
            ),
        },
    )


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
