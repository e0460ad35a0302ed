"""Writes a sign-off: the file that one person commits, with the digest of what it is about."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from release_portal.drafts import put
from release_portal.failure import Misconfigured
from release_portal.git import sign_detached, verify_detached
from release_portal.portal import Portal
from release_portal.progress import accepting_roles
from release_portal.records.people import Person
from release_portal.records.signoff import signed_text
from release_portal.release import Release
from release_portal.wording import nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a person says of a record, or of a deliverable that is said not to apply, by its number.

    Without `role`, the one that the process asks of them is taken.
    """

    version: str
    subject: str
    person: str
    decision: str
    meaning: str
    role: str = ""
    note: str = ""


def write_signoff(
    root: Path, portal: Portal, statement: Statement, at: datetime, key: Path | None = None
) -> str:
    """Write the file of a sign-off, over an earlier one of the same person; gives its path from the root.

    With a key the file ends in a signature of all that it says, which proves it without git.

    Raises:
        Misconfigured: there is no such release, record or person, the record is not ready to be signed,
            the role does not follow from the process, the key is not one that is listed for the person, or the file
            cannot be written.

    """
    release = portal.release(statement.version)
    if release is None:
        known = [one.version for one in portal.releases]
        raise Misconfigured(f"there is no release '{statement.version}'", nearest(statement.version, known))
    _refuse_unready(release, statement.subject)
    person = portal.roster.person(statement.person)
    if person is None:
        hint = nearest(statement.person, list(portal.roster.people))
        raise Misconfigured(f"'{statement.person}' is not in the roster", hint)
    _refuse_other(release, statement)
    role = _role(portal, release, statement, person, at)
    digest = release.digest_of(statement.subject)
    lines = [
        f"by: {person.id}",
        f"role: {role}",
        f"decision: {statement.decision}",
        f"meaning: {statement.meaning}",
        f"at: {at.isoformat(timespec='seconds')}",
        f"digest: {digest}",
    ]
    if statement.note:
        lines.append("note: |-\n" + "\n".join(f"  {line}" for line in statement.note.splitlines()))
    if key:
        text = signed_text(release.version, statement.subject, "\n".join([*lines, "signature:"]))
        armour = _signature(portal, person, text, at, key)
        lines.append("signature: |-\n" + "\n".join(f"  {line}" for line in armour.splitlines()))
    path = f"{release.folder}/signoffs/{statement.subject}/{person.id}.yaml"
    put(root, path, ("\n".join(lines) + "\n").encode())
    return path


def _signature(portal: Portal, person: Person, text: str, at: datetime, key: Path) -> str:
    """The signature of a text, refused where it would prove nothing."""
    armour = sign_detached(key, text).strip()
    addresses = frozenset(email.casefold() for email in person.emails)
    found = verify_detached(portal.git.keys, text, armour, addresses, at, at)
    if not found.verdict.holds:
        why = found.detail or str(found.verdict)
        hint = f"add it to {portal.git.keys.path} for {person.emails[0]}, in a pull request of its own"
        raise Misconfigured(f"{key} does not prove who {person.name} is: {why}", hint)
    return armour


def _refuse_unready(release: Release, subject: str) -> None:
    records = release.subjects(subject)
    if release.facts and subject in release.facts.not_applicable:
        return
    if not records:
        known = [one.name if one.type.name == "document" else one.type.name for one in release.records]
        hint = nearest(subject, list(dict.fromkeys(known)))
        raise Misconfigured(f"release {release.version} has no record '{subject}'", hint)
    for record in records:
        if not record.complete:
            what = "still has places to fill in" if record.unfilled else "has errors"
            raise Misconfigured(f"{record.path} {what}", f"release-portal check {release.version}")


def _refuse_other(release: Release, statement: Statement) -> None:
    """That a deliverable does not apply is approved by the person whom the statement names; anybody may reject it."""
    stated = release.facts.not_applicable.get(statement.subject) if release.facts else None
    if stated and statement.decision == "approve" and statement.person != stated.approved_by:
        hint = f"let {stated.approved_by} sign, or name {statement.person} as `approved_by`"
        raise Misconfigured(f"release.yaml says that {stated.approved_by} accepts it", hint)


def _role(portal: Portal, release: Release, statement: Statement, person: Person, at: datetime) -> str:
    """The role in which a person signs: the one named, else the only one that the process asks of them."""
    held = [tenure.role for tenure in person.roles if tenure.covers(at.date())]
    if statement.role:
        if statement.role not in held:
            raise Misconfigured(
                f"{person.name} does not hold the role '{statement.role}'", f"held: {', '.join(held)}"
            )
        return statement.role
    process = portal.process_of(release)
    items = process.deliverables
    asked = {role for item in items if statement.subject in item.subjects for role in item.binding.signed_by}
    stated = [item for item in items if item.number == statement.subject]
    asked.update(role for item in stated for role in accepting_roles(process, item))
    fitting = [role for role in held if role in asked]
    if len(fitting) != 1:
        why = "several roles" if fitting else "no role"
        hint = f"name one with --role: {', '.join(fitting or held)}"
        raise Misconfigured(f"the process asks {why} of {person.name} for {statement.subject}", hint)
    return fitting[0]
