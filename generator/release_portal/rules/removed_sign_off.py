"""Somebody else took a sign-off away, or put another word in the place of a rejection.

## Why it matters
Only who rejected says that the matter is settled. Whoever deletes the file of a rejection, edits it, or merges so
that it is left out, opens the gate in that person's stead. Once a phase has passed, or a release is closed, a
sign-off that is gone is missing evidence, whatever it said.

The portal's own history is asked, for sign-offs that were proved as well as this portal demands. A sign-off that
its signer took back is no finding.

## How to fix
Bring the file back from the commit that the finding names, as its signer: a sign-off that somebody else commits is not
proved. If the matter is settled, the signer signs again.

## Controls
- 21 CFR 11.10(e): changes do not obscure what was recorded before.
- ISO 27001 A.5.33: records are protected from loss and falsification.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from release_portal.attest import foreign
from release_portal.facts import OwnHistory
from release_portal.finding import Location
from release_portal.git import FileChange
from release_portal.portal import Portal
from release_portal.progress import Stage
from release_portal.proof import Proof
from release_portal.records.people import Person
from release_portal.release import CLOSED, Release
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for the signers' last words in HEAD."""
    own, releases = portal.git.history, {one.folder: one for one in portal.releases}
    for path in own.files.paths if own else ():
        parts = path.split("/")
        release = releases.get("/".join(parts[:2]))
        if own and release and parts[2] == "signoffs" and len(parts) == 5 and _is_touched(own, path):
            yield from _problems(portal, own, release, path)


def _is_touched(own: OwnHistory, path: str) -> bool:
    history = own.of(path)
    return bool(history and (history.tip is None or path in own.rejections))


def _problems(portal: Portal, own: OwnHistory, release: Release, path: str) -> Iterator[Problem]:
    history, person = own.of(path), portal.roster.person(PurePosixPath(path).stem)
    if history is None or person is None:
        return
    words = [one for one in history.changes if _is_word(portal, own, person, one)]
    last = [one for one in words if not _is_followed(own, words, one)]
    subject = PurePosixPath(path).parent.name
    for word in last:
        rejected = word in own.rejections.get(path, ())
        if rejected or (history.tip is None and word.blob and _is_over(portal, release, subject)):
            what = "rejection of" if rejected else "sign-off on"
            how = "was replaced" if history.tip else "is gone"
            message = f"{person.name}'s {what} {subject} {how}, and not by {person.name}"
            hint = f"it stands in {word.commit.id[:12]}: let {person.id} put it back, or sign again"
            yield Problem(Location(path), message, hint, release.version)
            return


def _is_word(portal: Portal, own: OwnHistory, person: Person, change: FileChange) -> bool:
    """Whether a change of the file is the signer's own, as well proved as the portal demands."""
    signature = own.signatures.get(change.commit.id)
    signed = signature is not None and signature.verdict.holds
    by_signer = portal.roster.by_email(change.commit.committer.email) is person
    enough = (signed and by_signer) or Proof(portal.settings.proof) is not Proof.SIGNED
    return enough and not foreign(portal.roster, person, (change,), own)


def _is_followed(own: OwnHistory, words: list[FileChange], change: FileChange) -> bool:
    """Whether another word of the signer's was given in knowledge of this one."""
    return any(one is not change and own.ancestry.reaches(one.commit.id, change.commit.id) for one in words)


def _is_over(portal: Portal, release: Release, subject: str) -> bool:
    """Whether the phase of the signed record has passed."""
    home = portal.process_of(release).home(subject)
    record = next(iter(release.subjects(subject)), None)
    folder = release.relative(record).partition("/")[0] if record else home.folder if home else ""
    return release.phase == CLOSED or portal.progress[release.version].stage(folder) is Stage.PASSED


RULE = Rule(__name__, check, guards=("signoff",))
