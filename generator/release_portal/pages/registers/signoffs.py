"""Every sign-off that somebody gave, with what is proved of it, newest first."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.pages._part import types
from release_portal.pages._places import home
from release_portal.pages._render import proof_word
from release_portal.pages._trail import Trails
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, Tone, row_id
from release_portal.proof import Proof
from release_portal.release import Release, SignedRecord


def rows(assessment: Assessment) -> Iterator[Row]:
    """By release from the newest on, in it by time; sign-offs that cannot be read come first."""
    for release in assessment.portal.releases:
        given = sorted(release.signoffs, key=lambda one: one.value.at.timestamp() if one.value else 0.0)
        stale = any(one.attestation.proof is Proof.STALE for one in given)
        trails = Trails.of(assessment, release) if stale else None
        for one in given:
            yield _row(assessment, release, one, _proved(assessment, one, trails))


def _row(assessment: Assessment, release: Release, one: SignedRecord, proved: tuple[str, str]) -> Row:
    portal, value, attested = assessment.portal, one.value, one.attestation
    commit, why = proved
    type_ = types().get(one.subject)
    role = value.role if value else ""
    return Row(
        id=row_id(release.version, one.subject, one.record.name),
        tone=_tone(one),
        cells={
            "person": cell.person(portal.roster, value.by if value else one.record.name),
            "by": cell.mono(one.record.name),
            "role": cell.text(portal.process_of(release).roles.get(role, role)),
            "record": cell.text(
                type_.title if type_ else one.subject, href=f"{home(release)}signoffs/#{one.subject}"
            ),
            "release": cell.release_of(release),
            "decision": cell.decision(value.decision)
            if value
            else cell.status("missing", "Has errors", order=3),
            "meaning": cell.text(value.meaning.capitalize() if value else ""),
            "at": cell.time(value.at if value else None),
            "proof": cell.proof(attested.proof, proof_word(attested.proof)),
            "why": cell.text(why),
            "commit": cell.sha(commit),
            "digest": cell.sha(value.digest if value else ""),
            "note": cell.text(value.note if value else ""),
        },
    )


def _tone(one: SignedRecord) -> Tone:
    if one.value is None or one.value.decision == "reject":
        return "error"
    return "warning" if one.attestation.proof in {Proof.STALE, Proof.CLAIMED} else ""


def _proved(assessment: Assessment, one: SignedRecord, trails: Trails | None) -> tuple[str, str]:
    """Give the commit that holds a sign-off, and why it proves no more than it does."""
    attested = one.attestation
    if attested.proof is Proof.STALE:
        since = trails.holding(one) if trails else None
        later = trails.later_than(one, since) if trails and since else ()
        why = ", ".join(f"{path} changed in {commit.id[:12]}" for path, commit in later)
        return since.id if since else "", why or attested.why
    told = attested.proof is Proof.CLAIMED or assessment.portal.git.history
    return attested.commit, attested.why if told and attested.proof is not Proof.SIGNED else ""


REGISTER = Register(
    name="signoffs",
    title="Sign-offs",
    noun="sign-off",
    lead="Who signed which record, and how well that is proved. Green is what git or a signature confirms.",
    empty="Nobody has signed a record of any release yet.",
    order=10,
    reads=(),
    rows=rows,
    tally="proof",
    groups=("release", "person", "role", "record", "proof"),
    git=True,
    columns=(
        Column(key="person", title="Person", facet=True),
        Column(key="by", title="Id", hidden=True),
        Column(key="role", title="Role", below="person", facet=True),
        Column(key="record", title="Record", facet=True),
        Column(key="release", title="Release", facet=True, newest=True, style="rp-nowrap"),
        Column(key="decision", title="Decision", facet=True),
        Column(key="meaning", title="Meaning", below="decision"),
        Column(key="at", title="Signed", newest=True, style="rp-nowrap"),
        Column(key="proof", title="Proof", facet=True),
        Column(key="commit", title="Commit", below="proof"),
        Column(key="why", title="Why no more", below="proof"),
        Column(key="digest", title="Digest signed", hidden=True),
        Column(key="note", title="Note", hidden=True),
    ),
)
