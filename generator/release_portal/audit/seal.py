"""Seals a closed release: writes down what it holds and what it was judged by, after the seal before it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from release_portal import sealing
from release_portal.assess import Assessment
from release_portal.audit.atomic import atomic
from release_portal.failure import Failure, Misconfigured
from release_portal.finding import Severity
from release_portal.git import sign_detached, verify_detached
from release_portal.records.people import Person
from release_portal.records.seal import Link
from release_portal.records.signoff import signed_text
from release_portal.release import CLOSED, Release
from release_portal.rules._timing import uncommitted
from release_portal.wording import nearest


class NotSealed(Failure):
    """The release is not what a seal could be set on."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Sealing:
    """A seal to be set on a release by a person, at an instant."""

    root: Path
    assessment: Assessment
    release: Release
    person: Person
    at: datetime

    def write(self, key: Path | None = None, *, force: bool = False) -> str:
        """Write the seal; gives its path from the root. With a key it ends in a signature of all that it says.

        Raises:
            NotSealed: the release is not closed, has errors, or is not committed as it stands.
            Misconfigured: it is sealed already, or the key is not one that is listed for the person.

        """
        self._refuse(force=force)
        text = self._text()
        if key:
            text += self._signature(text, key)
        path = f"{self.release.folder}/{sealing.FILE}"
        with atomic(self.root / path, force=force) as file:
            file.write(text.encode())
        return path

    def _refuse(self, *, force: bool) -> None:
        release, portal = self.release, self.assessment.portal
        if release.phase != CLOSED:
            raise NotSealed(
                f"{release.version} is in phase '{release.phase}'", "only a closed release is sealed"
            )
        own = f"{release.folder}/{sealing.FILE}"
        errors = [one for one in self.assessment.of(release.version) if one.severity is Severity.ERROR]
        if errors := [one for one in errors if not (force and one.location.path == own)]:
            raise NotSealed(
                f"{release.version} has {len(errors)} errors", f"release-portal check {release.version}"
            )
        if portal.process_of(release).version != release.process_version:
            hint = "seal it in a clone with the whole history"
            raise NotSealed(f"process {release.process_version}, which governs it, is not at hand", hint)
        if changed := [one.path for one in uncommitted(portal, release) if one.path != own]:
            raise NotSealed(f"{changed[0]} is not committed as it stands", "commit it first")
        if release.named("seal") and not force:
            raise Misconfigured(f"{release.version} is sealed already", "--force sets the seal anew")
        if any(seal.previous and seal.previous.version == release.version for _, _, seal in self._others()):
            raise Misconfigured(f"another seal follows that of {release.version}", "it cannot be set anew")

    def _text(self) -> str:
        release, portal = self.release, self.assessment.portal
        process, files = portal.process_of(release), sealing.listing(sealing.files(release))
        own = portal.git.history
        lines = [
            f"sealed_at: {self.at.isoformat(timespec='seconds')}",
            f"sealed_by: {self.person.id}",
            *([f'commit: "{own.files.head}"'] if own else []),
            f'process:\n  version: "{process.version}"\n  digest: "{process.digest}"',
            f'roster: "{sealing.of_roster(portal.roster, release, self.at.date())}"',
            *self._tags(),
            *self._previous(),
            f'digest: "{sealing.of_listing(files)}"',
            "files: |-",
            *(f"  {line}" for line in files.splitlines()),
        ]
        return "\n".join(lines) + "\n"

    def _tags(self) -> list[str]:
        found = list(sealing.tags(self.assessment.portal, self.release))
        rows = []
        for one in found:
            rows += [
                f"  - repository: {one.repository}",
                f"    name: {one.name}",
                f'    commit: "{one.commit}"',
            ]
            rows += [f'    object: "{one.object}"'] if one.object else []
        return ["tags:", *rows] if found else []

    def _previous(self) -> list[str]:
        """The seal that this one follows: the one that no other follows.

        Raises:
            NotSealed: there are several such.

        """
        others = self._others()
        followed = {seal.previous for _, _, seal in others}
        ends = [
            link
            for release, record, _ in others
            if (link := Link(version=release.version, digest=record.digest)) not in followed
        ]
        if len(ends) > 1:
            named = " and ".join(one.version for one in ends)
            raise NotSealed(f"the chain of seals ends in {named}", "release-portal check: broken-seal-chain")
        return [f'previous:\n  version: "{one.version}"\n  digest: "{one.digest}"' for one in ends]

    def _others(self) -> list[sealing.Sealed]:
        return [one for one in sealing.seals(self.assessment.portal) if one[0] is not self.release]

    def _signature(self, text: str, key: Path) -> str:
        """The signature of a text, refused where it would prove nothing."""
        keys = self.assessment.portal.git.keys
        said = signed_text(self.release.version, "seal", f"{text}signature:")
        armour = sign_detached(key, said).strip()
        addresses = frozenset(email.casefold() for email in self.person.emails)
        found = verify_detached(keys, said, armour, addresses, self.at, self.at)
        if not found.verdict.holds:
            why = found.detail or str(found.verdict)
            hint = f"add it to {keys.path} for {self.person.emails[0]}, in a pull request of its own"
            raise Misconfigured(f"{key} does not prove who {self.person.name} is: {why}", hint)
        return "signature: |-\n" + "".join(f"  {line}\n" for line in armour.splitlines())


def sealing_of(root: Path, assessment: Assessment, version: str, person_id: str, at: datetime) -> Sealing:
    """A seal on the release of a version by the person of an id.

    Raises:
        Misconfigured: there is no such release or person.

    """
    portal = assessment.portal
    release, person = portal.release(version), portal.roster.person(person_id)
    if release is None:
        raise Misconfigured(
            f"there is no release '{version}'", nearest(version, [one.version for one in portal.releases])
        )
    if person is None:
        raise Misconfigured(
            f"'{person_id}' is not in the roster", nearest(person_id, list(portal.roster.people))
        )
    return Sealing(root, assessment, release, person, at)
