"""Whether a role has signed what it must sign, and whether that still holds."""

from collections.abc import Iterator

from release_portal.finding import Location
from release_portal.process import Process
from release_portal.progress._values import Gap, GapKind
from release_portal.release import Release, SignedRecord
from release_portal.roster import Roster


def signoff_gap(process: Process, roster: Roster, release: Release, subject: str, role: str) -> Iterator[Gap]:
    """What keeps a role's sign-off on a record from counting: nothing, or one gap."""
    signed = [
        one for one in release.signoffs if one.subject == subject and one.value and one.value.role == role
    ]
    valid = [one for one in signed if one.value and roster.holds(one.value.by, role, one.value.at.date())]
    title = process.roles.get(role, role)
    for one in valid:
        if one.value and one.value.decision == "reject":
            message = f"{roster.name(one.value.by)} ({title}) rejects it"
            yield Gap(GapKind.REJECTED, subject, message, one.record.source.locate("decision"), role)
            return
    approving = [one for one in valid if one.value and one.value.decision == "approve"]
    if any(not is_stale(release, one) for one in approving):
        return
    if approving:
        message = f"the {title}'s sign-off is stale: {subject} changed after it"
        yield Gap(GapKind.STALE, subject, message, approving[0].record.source.locate("digest"), role)
        return
    where = Location(f"{release.folder}/signoffs/{subject}")
    yield Gap(GapKind.SIGN_OFF, subject, f"the {title} has not signed {subject}", where, role)


def is_stale(release: Release, signed: SignedRecord) -> bool:
    """Whether what was signed has changed since, or is gone."""
    return signed.value is not None and signed.value.digest != release.digest_of(signed.subject)
