"""What is proved of a sign-off: by the roster, by the commit that holds it, by a signature.

A sign-off is proved by commit when the commit that gave its file the present content has the signer as
author and as committer, when nobody else's commit ever touched the file, and when the file on disk is
the one that HEAD has. Renewing one's own sign-off is an edit by the signer, and counts. A rename is a
deletion and an addition by whoever made it; a squash or a cherry-pick by somebody else has another
committer; a merge that changes the file has the merger for its author; none of them counts. Where a
forge merges on the web, it is the committer: that counts if the author is the signer and the forge's
key, which the roster lists, has signed the commit.

It is proved by signature when that commit is signed by a key listed for the signer at that time, or
when the sign-off carries a detached signature of the digest by such a key, with or without git.
"""

from collections.abc import Iterable
from datetime import datetime

from release_portal.facts import GitFacts, NotChecked, OwnHistory
from release_portal.git import Commit, FileChange, Keys, Signature, Verdict, verify_detached
from release_portal.proof import Attestation, Proof
from release_portal.records.people import Person
from release_portal.release import Release, SignedRecord
from release_portal.roster import Roster


def attest(
    roster: Roster, release: Release, signed: SignedRecord, facts: GitFacts, keys: Keys, now: datetime
) -> Attestation:
    """Judge one sign-off."""
    value = signed.value
    if value is None:
        return Attestation(Proof.CLAIMED, "the file has errors")
    if value.digest != release.digest_of(signed.subject):
        return Attestation(Proof.STALE, f"{signed.subject} changed after it was signed")
    person = roster.person(value.by)
    if person is None or signed.record.name != value.by:
        return Attestation(
            Proof.CLAIMED, "the file's name and the signer do not lead to one person in the roster"
        )
    if not person.holds(value.role, value.at.date()):
        return Attestation(Proof.CLAIMED, f"{person.name} did not hold the role on that day")
    by_git = _by_history(roster, person, signed.record.path, facts)
    if not value.signature:
        return by_git
    addresses = frozenset(email.casefold() for email in person.emails)
    verdict = verify_detached(keys, value.digest, value.signature, addresses, value.at, now)
    if verdict.verdict.holds:
        return Attestation(
            Proof.SIGNED,
            "the digest carries the signer's signature",
            by_git.commit,
            by_git.committed_at,
            verdict.key,
        )
    return Attestation(
        Proof.ROSTER, f"its own signature does not hold: {verdict.detail}", by_git.commit, by_git.committed_at
    )


def _by_history(roster: Roster, person: Person, path: str, facts: GitFacts) -> Attestation:
    if isinstance(facts.own, NotChecked):
        return Attestation(Proof.ROSTER, facts.own.reason)
    history = facts.own.of(path)
    if history is None or not history.introduced:
        return Attestation(Proof.ROSTER, "it is not committed")
    change = history.introduced[-1]
    commit, at = change.commit.id, change.commit.committer.at
    if not facts.own.clean.get(path):
        return Attestation(Proof.ROSTER, "the file on disk is not the one that was committed", commit, at)
    if why := _foreign(roster, person, history.changes, facts.own):
        return Attestation(Proof.ROSTER, why, commit, at)
    signature = facts.own.signatures.get(commit)
    if _is_forge(roster, change.commit):
        key = signature.key if signature else ""
        return Attestation(Proof.COMMIT, "committed by the forge for its author", commit, at, key)
    if signature is None or not signature.verdict.holds:
        why = _why_not(signature)
        return Attestation(Proof.COMMIT, why, commit, at)
    return Attestation(Proof.SIGNED, "the commit carries the signer's signature", commit, at, signature.key)


def _why_not(signature: Signature | None) -> str:
    """Why a commit's signature proves nothing; never empty."""
    if signature is None or signature.verdict is Verdict.UNSIGNED:
        return "the commit is not signed"
    return signature.detail or f"the commit's signature: {signature.verdict}"


def _foreign(roster: Roster, person: Person, changes: Iterable[FileChange], own: OwnHistory) -> str:
    """Why a change of the file is not the signer's own; empty where all are."""
    for change in changes:
        commit = change.commit
        short = commit.id[:12]
        if roster.by_email(commit.author.email) is not person:
            return f"{commit.author} wrote the commit {short} that {change.kind} it"
        if roster.by_email(commit.committer.email) is person:
            continue
        signature = own.signatures.get(commit.id)
        if not _is_forge(roster, commit):
            return f"{commit.committer} made the commit {short} that {change.kind} it"
        if signature is None or not signature.verdict.holds:
            return f"the forge's commit {short} does not carry the forge's signature"
    return ""


def _is_forge(roster: Roster, commit: Commit) -> bool:
    return commit.committer.address in roster.forges
