"""Every exception and accepted risk, by the day on which it ends."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.pages._render import proof_word
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.proof import Proof
from release_portal.records.checklist import Checklist
from release_portal.records.exceptions import AcceptedException, Exceptions
from release_portal.release import Release
from release_portal.roster import Roster

_STATES = {
    "accepted": ("claimed", "Accepted"),
    "rejected": ("missing", "Rejected"),
    "closed": ("not-applicable", "Closed"),
}


def rows(assessment: Assessment) -> Iterator[Row]:
    """Accepted ones by their last day, then the others, newest release first."""
    records = [(release, record.value) for release, record in assessment.portal.all(Exceptions)]
    found = [(release, one) for release, value in records if value for one in value.exceptions]
    found.sort(
        key=lambda pair: (
            pair[1].state != "accepted",
            pair[1].expires.toordinal() if pair[1].state == "accepted" else 0,
        )
    )
    for release, one in found:
        yield _row(assessment.portal.roster, release, one)


def _frameworks(release: Release, one: AcceptedException) -> cell.Cell:
    """The frameworks with a control that names the exception; one that concerns no control has none."""
    lists = [record.value for record in release.all(Checklist) if record.value]
    found = {
        each.framework: each.title
        for each in lists
        if any(control.exception == one.id for control in each.controls)
    }
    return cell.several(cell.Cell(text=title, value=name, key=name) for name, title in sorted(found.items()))


def _proof(release: Release, one: AcceptedException) -> cell.Cell:
    """How well it is proved that the approver accepted it: by their own sign-off on the record, else not at all."""
    proofs = [
        signed.attestation.proof
        for signed in release.signoffs
        if signed.subject == "exceptions"
        and signed.value
        and (signed.value.by, signed.value.decision) == (one.approved_by, "approve")
    ]
    best = max(proofs, key=lambda proof: proof.rank, default=Proof.CLAIMED)
    return cell.proof(best, proof_word(best))


def _row(roster: Roster, release: Release, one: AcceptedException) -> Row:
    return Row(
        id=row_id(release.version, one.id),
        cells={
            "id": cell.mono(one.id, href=cell.spot(release, "exceptions", one.id)),
            "exception": cell.text(one.title),
            "covers": cell.text(", ".join(one.covers)),
            "kind": cell.tag(one.kind),
            "framework": _frameworks(release, one),
            "owner": cell.person(roster, one.owner),
            "approver": cell.person(roster, one.approved_by),
            "approved_at": cell.time(one.approved_at),
            "proof": _proof(release, one),
            "release": cell.release_of(release),
            "state": cell.status(*_STATES[one.state], order=tuple(_STATES).index(one.state)),
            "expires": cell.day(one.expires, open_=one.state == "accepted"),
            "reason": cell.text(one.reason),
            "measures": cell.text(one.measures),
        },
    )


REGISTER = Register(
    name="exceptions",
    title="Exceptions",
    noun="exception",
    lead="What is not fulfilled, who accepted it, until when. Proof is the approver's own sign-off on the record; without one, the acceptance is claimed only.",
    empty="No release has asked for an exception: nothing is on record as not fulfilled and accepted.",
    order=70,
    reads=("exceptions",),
    rows=rows,
    tally="state",
    groups=("owner", "release", "framework", "kind", "state"),
    overdue="Past their last day only",
    columns=(
        Column(key="id", title="Id", style="rp-nowrap"),
        Column(key="exception", title="Exception"),
        Column(key="covers", title="Covers", below="exception", before="Covers"),
        Column(key="kind", title="Kind", facet=True),
        Column(key="framework", title="Framework", below="exception", facet=True),
        Column(key="owner", title="Owner", facet=True, style="rp-nowrap"),
        Column(key="approver", title="Approved by", facet=True, style="rp-nowrap"),
        Column(key="approved_at", title="Approved at", below="approver"),
        Column(key="proof", title="Proof", facet=True),
        Column(key="release", title="Release", facet=True, newest=True, style="rp-nowrap"),
        Column(key="state", title="State", facet=True),
        Column(key="expires", title="Last day", style="rp-nowrap"),
        Column(key="reason", title="Reason", hidden=True),
        Column(key="measures", title="Measures", hidden=True),
    ),
)
