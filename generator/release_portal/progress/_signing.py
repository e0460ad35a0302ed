"""Whether a role has signed what it must sign, well enough proved, and whether that still holds.

A rejection counts whatever became of the record since: an edit does not settle it. It ends when the same
person signs again, which writes the same file anew. One that is not proved is no rejection: nobody shuts a
gate in another's name. Nor does one in a role that the process asks to sign nothing.
"""

from collections.abc import Collection, Iterator

from release_portal.finding import Location
from release_portal.process import Process
from release_portal.progress._values import Gap, Measure
from release_portal.progress._vocabulary import GapKind
from release_portal.proof import Proof
from release_portal.release import Release, SignedRecord


def signoff_gap(measure: Measure, release: Release, subject: str, role: str) -> Iterator[Gap]:
    """What keeps a role's sign-off on a record from counting: a rejection, and what its approval lacks."""
    signed = [
        one for one in release.signoffs if one.subject == subject and one.value and one.value.role == role
    ]
    valid = [
        one for one in signed if one.value and measure.roster.holds(one.value.by, role, one.value.at.date())
    ]
    rejecting = next(
        (one for one in valid if one.value and one.value.decision == "reject" and is_proved(measure, one)),
        None,
    )
    if rejecting:
        yield _rejection(measure, rejecting, role)
    approving = [one for one in valid if one.value and one.value.decision == "approve"]
    if any(one.attestation.proof.rank >= measure.least.rank for one in approving):
        return
    title = measure.process.roles.get(role, role)
    fresh = [one for one in approving if not is_stale(one)]
    if fresh and not rejecting:
        why = fresh[0].attestation.why
        message = f"the {title}'s sign-off on {subject} is not proved: {why}"
        yield Gap(GapKind.UNPROVED, subject, message, fresh[0].record.source.locate("by"), role)
    elif approving and not fresh:
        message = f"the {title}'s sign-off is stale: {subject} changed after it"
        yield Gap(GapKind.STALE, subject, message, approving[0].record.source.locate("digest"), role)
    elif not rejecting:
        where = Location(f"{release.folder}/signoffs/{subject}")
        yield Gap(GapKind.SIGN_OFF, subject, f"the {title} has not signed {subject}", where, role)


def rejections(measure: Measure, release: Release, subject: str, roles: Collection[str]) -> Iterator[Gap]:
    """Rejections of a record in roles that sign other records of the process, but not this one: not `roles`."""
    for one in release.signoffs:
        value = one.value
        if one.subject != subject or value is None or value.decision != "reject" or value.role in roles:
            continue
        held = measure.roster.holds(value.by, value.role, value.at.date()) and one.record.name == value.by
        if held and value.role in signing_roles(measure.process) and is_proved(measure, one):
            yield _rejection(measure, one, value.role)


def signing_roles(process: Process) -> frozenset[str]:
    """The roles that a process asks to sign something."""
    return frozenset(role for item in process.deliverables for role in item.binding.signed_by)


def is_proved(measure: Measure, signed: SignedRecord) -> bool:
    """Whether it is known well enough who signed, whatever became of the record since."""
    return signed.attestation.signer.proof.rank >= measure.least.rank


def _rejection(measure: Measure, signed: SignedRecord, role: str) -> Gap:
    who = signed.value.by if signed.value else ""
    said = "rejected it before it changed, and has not signed again" if is_stale(signed) else "rejects it"
    message = f"{measure.roster.name(who)} ({measure.process.roles.get(role, role)}) {said}"
    return Gap(GapKind.REJECTED, signed.subject, message, signed.record.source.locate("decision"), role)


def is_stale(signed: SignedRecord) -> bool:
    """Whether what was signed has changed since, or is gone."""
    return signed.attestation.proof is Proof.STALE
