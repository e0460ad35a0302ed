"""Every incident, newest first: how bad, how long, why."""

import re
from collections.abc import Iterator
from datetime import timedelta

from release_portal import prose
from release_portal.assess import Assessment
from release_portal.metrics._rollouts import rollouts
from release_portal.metrics.incidents import occurrences
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.records._record import Record
from release_portal.records.health import Health
from release_portal.records.incident import Incident
from release_portal.release import Release
from release_portal.roster import Roster

_CAUSE = re.compile(r"^## +Root cause *$\s*(.+?)(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)


def rows(assessment: Assessment) -> Iterator[Row]:
    """By their start; those that a health report names and nobody has reported come first."""
    portal = assessment.portal
    for release in portal.releases:
        health = release.one(Health)
        written = {record.name for record in release.named("incident")}
        for name in health.value.incidents if health and health.value else ():
            if name not in written:
                yield _unwritten(release, name)
    found = [(release, record, record.value) for release, record in portal.all(Incident) if record.value]
    found.sort(key=lambda one: one[2].started_at, reverse=True)
    ran = {one.record.path: one.under for one in occurrences(rollouts(portal), portal.all(Incident))}
    for release, record, value in found:
        yield _row(portal.roster, release, record, value, ran.get(record.path))


def _unwritten(release: Release, name: str) -> Row:
    return Row(
        id=row_id(release.version, name),
        tone="error",
        cells={
            "ticket": cell.mono(name, href=cell.spot(release, "incident", "incident")),
            "incident": cell.text("The health report names it; its own report is missing."),
            "severity": cell.status("missing", "Report missing", order=0),
            "release": cell.release_of(release),
        },
    )


def _row(
    roster: Roster, release: Release, record: Record[Incident], one: Incident, ran: Release | None
) -> Row:
    return Row(
        id=row_id(release.version, record.name),
        cells={
            "ticket": cell.mono(one.ticket, href=cell.spot(release, "incident", record.name)),
            "incident": cell.text(one.title),
            "cause": cell.text(_cause(record)),
            "severity": cell.Cell(text=one.severity.upper(), value=one.severity, key=int(one.severity[-1])),
            "started": cell.time(one.started_at),
            "resolved": cell.time(one.resolved_at),
            "duration": _span(one.resolved_at - one.started_at),
            "detected_after": _span(one.detected_at - one.started_at),
            "commander": cell.person(roster, one.commander),
            "regulator": cell.text("Yes" if one.reported_to_regulator else "No"),
            "impact": cell.text(one.customer_impact),
            "ran": cell.release_of(ran) if ran else cell.NOTHING,
            "release": cell.release_of(release),
        },
    )


def _cause(record: Record[Incident]) -> str:
    """The first paragraph under `Root cause`, without its markup."""
    found = _CAUSE.search(record.source.body)
    return prose.html(found[1]).striptags() if found else ""


def _span(span: timedelta) -> cell.Cell:
    """How long something took: `6 h 42 min`. It sorts by its minutes."""
    minutes = round(span.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    return cell.Cell(text=f"{hours} h {rest} min" if hours else f"{rest} min", key=minutes)


REGISTER = Register(
    name="incidents",
    title="Incidents",
    noun="incident",
    lead="What went wrong in production, for how long, and why, the newest first. An incident counts against the release that production ran when it began, wherever its report stands.",
    empty="No health report names an incident, and none is on record.",
    order=40,
    reads=("incident",),
    rows=rows,
    tally="severity",
    groups=("ran", "release", "severity", "commander"),
    columns=(
        Column(key="ticket", title="Ticket", style="rp-nowrap"),
        Column(key="incident", title="Incident"),
        Column(key="cause", title="Root cause", below="incident", before="Cause:"),
        Column(key="severity", title="Severity", facet=True),
        Column(key="started", title="Started", newest=True, style="rp-nowrap"),
        Column(key="resolved", title="Resolved", hidden=True),
        Column(key="duration", title="Duration", newest=True, style="rp-nowrap"),
        Column(key="detected_after", title="Detected after", below="duration", before="detected after"),
        Column(key="commander", title="Commander", facet=True, style="rp-nowrap"),
        Column(key="regulator", title="Regulator told", hidden=True, facet=True),
        Column(key="impact", title="Customer impact", hidden=True),
        Column(key="ran", title="Production ran", facet=True, newest=True, style="rp-nowrap"),
        Column(key="release", title="Told with", facet=True, newest=True, style="rp-nowrap"),
    ),
)
