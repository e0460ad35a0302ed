"""What is proved of a sign-off: by the roster, by the commit that holds it, by a signature.

A sign-off is proved by commit when the commit that gave its file the present content has the signer as
author and as committer, when nobody else's commit ever touched the file, when no merge dropped a later
word of the signer, and when the file on disk is the one that HEAD has. Renewing one's own sign-off is an
edit by the signer, and counts. A rename is a deletion and an addition by whoever made it; a squash or a
cherry-pick by somebody else has another committer; a merge that changes the file has the merger for its
author; none of them counts. Where a forge merges on the web, it is the committer: that counts if the
author is the signer and the forge's key, which the roster lists, has signed the commit.

It is proved by signature when that commit is signed by a key listed for the signer at that time, or
when the file ends in a signature of all that it says by such a key, with or without git.

Where git is asked, the instant that a sign-off states must agree with its commit, and the signer must have
held the role when it was made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from release_portal.facts import GitFacts, NotChecked, OwnHistory
from release_portal.git import Commit, FileChange, FileHistory, Keys, Signature, Verdict, verify_detached
from release_portal.proof import Attestation, Proof
from release_portal.records.people import Person
from release_portal.records.signoff import Signoff, signed_text
from release_portal.release import Release, SignedRecord
from release_portal.roster import Roster

LATEST = timedelta(hours=24)  # between the instant that a sign-off states and its commit
CLOCKS = timedelta(minutes=10)  # by which clocks may differ


def attest(
    roster: Roster, release: Release, signed: SignedRecord, facts: GitFacts, keys: Keys, now: datetime
) -> Attestation:
    """Judge one sign-off."""
    value = signed.value
    if value is None:
        return Attestation(Proof.CLAIMED, "the file has errors")
    given = _Judge(roster, release, signed, value, facts, keys, now).attestation()
    if value.digest != release.digest_of(signed.subject):
        return Attestation(Proof.STALE, f"{signed.subject} changed after it was signed", given=given)
    return given


@dataclass(frozen=True, slots=True)
class _Judge:
    """What one sign-off is judged by."""

    roster: Roster
    release: Release
    signed: SignedRecord
    value: Signoff
    facts: GitFacts
    keys: Keys
    now: datetime

    def attestation(self) -> Attestation:
        """What is proved of who signed, and when."""
        value, person = self.value, self.roster.person(self.value.by)
        if person is None or self.signed.record.name != value.by:
            return Attestation(
                Proof.CLAIMED, "the file's name and the signer do not lead to one person in the roster"
            )
        if not person.holds(value.role, value.at.date()):
            return Attestation(Proof.CLAIMED, f"{person.name} did not hold the role on that day")
        found = self._by_history(person)
        if value.signature:
            found = self._by_signature(person, found)
        untimely = next(self._untimely(person), "") if found.proof.verified else ""
        return replace(found, proof=Proof.ROSTER, why=untimely, key="") if untimely else found

    def _by_signature(self, person: Person, by_git: Attestation) -> Attestation:
        """What the signature in the file itself proves."""
        weak = replace(by_git, proof=Proof.ROSTER, key="")
        source = self.signed.record.source
        text = signed_text(self.release.version, self.signed.subject, source.text)
        if not text or list(source.data)[-1] != "signature":
            return replace(weak, why="`signature` is not the last key of the file")
        addresses = frozenset(email.casefold() for email in person.emails)
        value = self.value
        verdict = verify_detached(self.keys, text, value.signature, addresses, value.at, self.now)
        if not verdict.verdict.holds:
            detail = verdict.detail or str(verdict.verdict)
            return replace(weak, why=f"its own signature does not hold: {detail}")
        if by_git.proof is Proof.ROSTER and (why := self._put_back()):
            return replace(weak, why=why)
        why = "the file carries the signer's signature"
        return replace(by_git, proof=Proof.SIGNED, why=why, key=verdict.key)

    def _put_back(self) -> str:
        """Whether the file stood here before, and gave way to another word of the signer; why it does not count."""
        own = self.facts.history
        history = own.of(self.signed.record.path) if own else None
        changes = history.introduced if history else ()
        if history and own and (why := dropped(history, own)):
            return why
        since = history.changes[history.changes.index(changes[0]) :] if history and changes else ()
        if any(one not in changes for one in since):
            return f"the commit {changes[-1].commit.id[:12]} put an earlier sign-off back"
        return ""

    def _by_history(self, person: Person) -> Attestation:
        own = self.facts.own
        if isinstance(own, NotChecked):
            return Attestation(Proof.ROSTER, own.reason)
        path = self.signed.record.path
        history = own.of(path)
        if history is None or not history.introduced:
            return Attestation(Proof.ROSTER, "it is not committed")
        change = history.introduced[-1]
        commit, at = change.commit.id, change.commit.committer.at
        if not own.clean.get(path):
            return Attestation(Proof.ROSTER, "the file on disk is not the one that was committed", commit, at)
        if why := foreign(self.roster, person, history.changes, own) or dropped(history, own):
            return Attestation(Proof.ROSTER, why, commit, at)
        signature = own.signatures.get(commit)
        if _is_forge(self.roster, change.commit):
            key = signature.key if signature else ""
            return Attestation(Proof.COMMIT, "committed by the forge for its author", commit, at, key)
        if signature is None or not signature.verdict.holds:
            return Attestation(Proof.COMMIT, _why_not(signature), commit, at)
        return Attestation(
            Proof.SIGNED, "the commit carries the signer's signature", commit, at, signature.key
        )

    def _untimely(self, person: Person) -> Iterator[str]:
        """Why the instant that the sign-off states cannot be right by git."""
        own = self.facts.history
        history = own.of(self.signed.record.path) if own else None
        if own is None or history is None or not history.introduced:
            return
        commit, at = history.introduced[-1].commit, self.value.at
        made, short = commit.committer.at, commit.id[:12]
        if made is None:
            yield f"its commit {short} has no time"
            return
        if made > self.now + CLOCKS:
            yield f"its commit {short} is dated in the future, {made.isoformat()}"
        tolerance, today = int(CLOCKS.total_seconds()), int(self.now.timestamp())
        if earlier := own.ancestry.overtaken(commit.id, tolerance, today):
            yield f"its commit {short} is dated {made.isoformat()}, before {earlier[:12]} that it builds upon"
        if abs(made - at) > LATEST:
            yield f"it states {at.isoformat()}, and its commit {short} was made {made.isoformat()}"
        if not person.holds(self.value.role, made.date()):
            yield f"{person.name} did not hold the role when its commit {short} was made"
        first = self._first_committed(own)
        if first and at < first - LATEST:
            yield f"it states {at.isoformat()}, and {self.signed.subject} was first committed {first.isoformat()}"

    def _first_committed(self, own: OwnHistory) -> datetime | None:
        """When the last of the records that the sign-off is about was committed first."""
        histories = (own.of(record.path) for record in self.release.subjects(self.signed.subject))
        added = (history.added for history in histories if history)
        times = (change.commit.committer.at for change in added if change)
        return max((one for one in times if one), default=None)


def _why_not(signature: Signature | None) -> str:
    """Why a commit's signature proves nothing; never empty."""
    if signature is None or signature.verdict is Verdict.UNSIGNED:
        return "the commit is not signed"
    return signature.detail or f"the commit's signature: {signature.verdict}"


def foreign(roster: Roster, person: Person, changes: Iterable[FileChange], own: OwnHistory) -> str:
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


def dropped(history: FileHistory, own: OwnHistory) -> str:
    """Why HEAD lacks a change that nothing on the way to HEAD's content knew of; empty where it has all."""
    for change in history.changes:
        commit = change.commit.id
        if change not in history.introduced and not any(
            own.ancestry.reaches(one.commit.id, commit) for one in history.introduced
        ):
            return (
                f"a merge left out the commit {commit[:12]} by {change.commit.author} that {change.kind} it"
            )
    return ""


def _is_forge(roster: Roster, commit: Commit) -> bool:
    return commit.committer.address in roster.forges
