"""Every improvement that the releases gave rise to, the most urgent first."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.records.actions import Action, Actions
from release_portal.release import Release
from release_portal.roster import Roster

_STATES = {
    "open": ("progress", "Open"),
    "done": ("claimed", "Done"),
    "dropped": ("not-applicable", "Dropped"),
}


def rows(assessment: Assessment) -> Iterator[Row]:
    """Open actions by the day they are due, then the others, newest release first."""
    logs = [(release, record.value) for release, record in assessment.portal.all(Actions)]
    found = [(release, one) for release, log in logs if log for one in log.actions]
    found.sort(
        key=lambda pair: (pair[1].state != "open", pair[1].due.toordinal() if pair[1].state == "open" else 0)
    )
    for release, one in found:
        yield _row(assessment.portal.roster, release, one)


def _row(roster: Roster, release: Release, one: Action) -> Row:
    return Row(
        id=row_id(release.version, one.id),
        cells={
            "id": cell.mono(one.id, href=cell.spot(release, "actions", one.id)),
            "action": cell.text(one.title),
            "owner": cell.person(roster, one.owner),
            "ticket": cell.mono(one.ticket),
            "release": cell.release_of(release),
            "state": cell.status(*_STATES[one.state], order=tuple(_STATES).index(one.state)),
            "done_on": cell.day(one.done_on),
            "due": cell.day(one.due, open_=one.state == "open"),
            "note": cell.text(one.note),
        },
    )


REGISTER = Register(
    name="actions",
    title="Actions",
    noun="action",
    lead="What retrospectives and incidents gave rise to, the most urgent first.",
    empty="No action log names one.",
    order=20,
    reads=("actions",),
    rows=rows,
    tally="state",
    groups=("owner", "release", "state"),
    overdue="Overdue only",
    columns=(
        Column(key="id", title="Id", style="rp-nowrap"),
        Column(key="action", title="Action"),
        Column(key="owner", title="Owner", facet=True, style="rp-nowrap"),
        Column(key="ticket", title="Ticket", style="rp-nowrap"),
        Column(key="release", title="Release", facet=True, newest=True, style="rp-nowrap"),
        Column(key="state", title="State", facet=True),
        Column(key="done_on", title="Done on", below="state"),
        Column(key="due", title="Due", style="rp-nowrap"),
        Column(key="note", title="Note", hidden=True),
    ),
)
