"""Every notice and each time that it went out, the latest first."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.pages._render import backed, words
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, Tone, row_id
from release_portal.records.notice import Notice
from release_portal.records.send_log import Sending, SendLog
from release_portal.release import Release
from release_portal.roster import Roster


def rows(assessment: Assessment) -> Iterator[Row]:
    """What was never sent first, then sendings by their time; one of no known notice is there, too."""
    roster = assessment.portal.roster
    sent: list[tuple[Release, str, Notice | None, Sending]] = []
    for release in assessment.portal.releases:
        logs = (record.value for record in release.all(SendLog))
        sendings = [one for log in logs if log for one in log.sendings]
        notices = {record.name: record.value for record in release.all(Notice)}
        for name, notice in notices.items():
            if notice and name not in {one.notice for one in sendings}:
                yield _row(roster, release, name, notice, None)
        sent += [(release, one.notice, notices.get(one.notice), one) for one in sendings]
    for release, name, notice, one in sorted(sent, key=lambda each: each[3].sent_at, reverse=True):
        yield _row(roster, release, name, notice, one)


def _row(roster: Roster, release: Release, name: str, notice: Notice | None, one: Sending | None) -> Row:
    told = one or notice
    if told is None:
        raise LookupError(name)
    state, tone = _state(release, notice, one)
    at = f"-{one.sent_at:%Y%m%dT%H%M}" if one else ""
    href = (
        cell.spot(release, "notice", f"notice-{name}")
        if notice
        else cell.spot(release, "send-log", "send-log")
    )
    return Row(
        id=row_id(release.version, name) + at,
        tone=tone,
        cells={
            "notice": cell.text(notice.subject if notice else name, href=href),
            "name": cell.mono(name),
            "audience": cell.tag(told.audience),
            "addressee": cell.text(notice.addressee if notice else ""),
            "channel": cell.text(words(told.channel)),
            "recipients": cell.number(told.recipients),
            "delivered": cell.number(one.delivered) if one else cell.NOTHING,
            "sent_at": cell.time(one.sent_at if one else None),
            "sent_by": cell.person(roster, one.sent_by) if one else cell.NOTHING,
            "delivery": state,
            "approved_by": cell.person(roster, notice.approved_by) if notice else cell.NOTHING,
            "release": cell.release_of(release),
        },
    )


def _state(release: Release, notice: Notice | None, one: Sending | None) -> tuple[cell.Cell, Tone]:
    """How far it came. Green only where the proof of delivery is here, with the digest that is stated."""
    if one is None:
        return cell.status("due", "Not sent", order=1), "warning"
    if notice is None:
        return cell.status("missing", "No such notice", order=0), "error"
    if one.delivered < one.recipients:
        return cell.status("due", "Partly delivered", order=2), "warning"
    if backed(one.evidence, release):
        return cell.status("done", "Delivered", order=4), ""
    return cell.status("claimed", "Delivered as stated", order=3), ""


REGISTER = Register(
    name="notifications",
    title="Notifications",
    noun="notification",
    lead="Who was told what, when, and whether it arrived. Green where the proof of delivery is here with the stated digest.",
    empty="No release has a notice, or a send log.",
    order=50,
    reads=("notice", "send-log"),
    rows=rows,
    tally="audience",
    groups=("release", "audience", "channel", "delivery"),
    columns=(
        Column(key="notice", title="Notice"),
        Column(key="name", title="Name", hidden=True),
        Column(key="audience", title="Audience", facet=True),
        Column(key="addressee", title="Addressee", below="audience"),
        Column(key="channel", title="Channel", facet=True, style="rp-nowrap"),
        Column(key="recipients", title="Recipients", newest=True, style="rp-num"),
        Column(key="delivered", title="Delivered", newest=True, style="rp-num"),
        Column(key="delivery", title="Delivery", facet=True),
        Column(key="sent_at", title="Sent", newest=True, style="rp-nowrap"),
        Column(key="sent_by", title="Sent by", below="sent_at", before="by"),
        Column(key="approved_by", title="Approved by", hidden=True, facet=True),
        Column(key="release", title="Release", facet=True, newest=True, style="rp-nowrap"),
    ),
)
