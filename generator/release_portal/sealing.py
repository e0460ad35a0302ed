"""What a seal is over, worked out from a portal as it stands: to set a seal, and to hold a release to its seal."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from release_portal.git import Keys, Signature, Verdict, verify_detached
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records._walk import values_of
from release_portal.records.people import Person
from release_portal.records.seal import Seal, SealedTag
from release_portal.records.signoff import signed_text
from release_portal.release import Release
from release_portal.roster import Roster

FILE = "seal.yaml"
Sealed = tuple[Release, Record[Seal], Seal]


def files(release: Release) -> Mapping[str, str]:
    """Digest of every record, sign-off and evidence file but the seal, by path below the release's folder."""
    records = [*release.records, *(one.record for one in release.signoffs)]
    found = {release.relative(one): one.digest for one in records if one.type.name != "seal"}
    return found | {path: file.sha256 for path, file in release.evidence.items()}


def listing(digests: Mapping[str, str]) -> str:
    """What `sha256sum` prints for files, sorted by path."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests, key=str.encode))


def listed(text: str) -> Mapping[str, str]:
    """Digest by path, as a listing has them; lines that are none are passed over."""
    pairs = (line.split("  ", 1) for line in text.splitlines() if "  " in line)
    return {path: sha for sha, path in pairs}


def of_listing(text: str) -> str:
    """SHA-256 of a listing, whose last line end a record leaves out."""
    return hashlib.sha256(f"{text.rstrip()}\n".encode()).hexdigest()


def of_roster(roster: Roster, release: Release, day: date) -> str:
    """Digest of what the roster says, up to a day, of everyone whom the release's records and sign-offs name.

    What comes later changes nothing: a role that begins, a role that ends, a person who joins.
    """
    records = [*release.records, *(one.record for one in release.signoffs)]
    named = {value for one in records if one.type.name != "seal" for _, value in values_of(one, "person id")}
    people = (roster.person(one) for one in sorted(named))
    return hashlib.sha256("".join(_said(one, day) for one in people if one).encode()).hexdigest()


def _said(person: Person, day: date) -> str:
    """What the roster says of a person up to a day, one thing a line."""
    held = [one for one in person.roles if one.from_ <= day]
    ends = ((one, one.until if one.until and one.until < day else "") for one in held)
    roles = sorted(f"{one.role} {one.from_} {until}\n" for one, until in ends)
    addresses = sorted(email.casefold() for email in person.emails)
    return f"{person.id}\n{person.name}\n{' '.join(addresses)}\n{''.join(roles)}\n"


def tags(portal: Portal, release: Release) -> Iterable[SealedTag]:
    """The tags that release.yaml names, with the tag object where the repository could be read."""
    for one in release.facts.tags if release.facts else ():
        product = portal.git.product(one.repository)
        known = {tag.name: tag.id for tag in product.history.tags} if product else {}
        yield SealedTag(
            repository=one.repository, name=one.name, commit=one.commit, object=known.get(one.name, "")
        )


def seals(portal: Portal) -> tuple[Sealed, ...]:
    """Every seal with its release, in the order in which they state to have been set."""
    found = [(release, one, one.value) for release, one in portal.all(Seal) if one.value]
    return tuple(sorted(found, key=lambda each: (each[2].sealed_at.timestamp(), each[0].version)))


def signature_of(roster: Roster, keys: Keys, release: Release, now: datetime) -> Signature | None:
    """Whether a release's seal is signed by whoever sealed it; None without a signature."""
    record: Record[Any] | None = release.one(Seal)
    value = record.value if record else None
    if record is None or value is None or not value.signature:
        return None
    person = roster.person(value.sealed_by)
    text = signed_text(release.version, "seal", record.source.text)
    if person is None or not text or list(record.source.data)[-1] != "signature":
        why = (
            "`signature` is not the last key of the file" if person else "nobody in the roster has sealed it"
        )
        return Signature(Verdict.CANNOT_CHECK, why)
    addresses = frozenset(email.casefold() for email in person.emails)
    return verify_detached(keys, text, value.signature, addresses, value.sealed_at, now)
