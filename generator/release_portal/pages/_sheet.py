"""Deliverables as the auditor's sheet shows them: with their records, and each sign-off in the row that asks for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from release_portal.assess import Assessment
from release_portal.pages._places import place
from release_portal.pages._signoffs import Awaited, key_of, subject
from release_portal.pages._trail import Trail, Trails
from release_portal.portal import Portal
from release_portal.progress import DeliverableProgress, PhaseProgress, State
from release_portal.proof import Proof
from release_portal.records._record import Record
from release_portal.release import Release, SignedRecord


@dataclass(frozen=True, slots=True)
class Signer:
    """Sign-offs of one person in one row that say the same; `subjects` are the record types signed.

    `decision` is empty where the sign-off has errors; `key` is the fingerprint of the key that signed.
    """

    person: str
    role: str
    decision: str
    proof: Proof
    key: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A deliverable. Each record comes with the address at which it is shown.

    `trail` is None where git was not asked, or where there are no records.
    """

    progress: DeliverableProgress
    records: tuple[tuple[Record[Any], str], ...]
    signers: tuple[Signer, ...]
    awaited: tuple[Awaited, ...]
    accepted_by: str
    trail: Trail | None

    @property
    def differs(self) -> bool:
        """Whether it would be done by the files here, and no commit has them as they stand."""
        return self.progress.state is State.DONE and bool(self.trail and self.trail.uncommitted)

    @property
    def done(self) -> bool:
        """Whether it is done, with the files that were committed."""
        return self.progress.state is State.DONE and not self.differs


def rows(
    assessment: Assessment, release: Release, trails: Trails | None
) -> Iterator[tuple[PhaseProgress, list[Row]]]:
    """Every deliverable of a release, phase by phase.

    A sign-off that no deliverable asks for stands in the first row with its record.
    """
    items = assessment.portal.process_of(release).deliverables
    asked = {
        (subject, role) for item in items for subject in item.subjects for role in item.binding.signed_by
    }
    told: set[str] = set()
    for phase in assessment.portal.progress[release.version].phases:
        found = []
        for item in phase.deliverables:
            roles = item.deliverable.binding.signed_by
            here = [one for one in item.signoffs if _belongs(one, roles, asked, told)]
            found.append(_row(assessment, release, item, here, trails))
            told.update(item.deliverable.binding.records)
        yield phase, found


def _belongs(one: SignedRecord, roles: tuple[str, ...], asked: set[tuple[str, str]], told: set[str]) -> bool:
    role = one.value.role if one.value else ""
    return role in roles or (one.subject not in told and (one.subject, role) not in asked)


def _row(
    assessment: Assessment,
    release: Release,
    item: DeliverableProgress,
    here: list[SignedRecord],
    trails: Trails | None,
) -> Row:
    statement = release.facts.not_applicable.get(item.deliverable.number) if release.facts else None
    return Row(
        progress=item,
        records=tuple((one, place(release, one.type.name, item.phase.slug)) for one in item.records),
        signers=_signers(assessment.portal, here),
        awaited=tuple(_awaited(assessment, release, item)),
        accepted_by=statement.approved_by if statement and item.waived else "",
        trail=trails.trail(item.records) if trails and item.records else None,
    )


def _signers(portal: Portal, here: list[SignedRecord]) -> tuple[Signer, ...]:
    found: dict[tuple[str, str, str, Proof, str], list[str]] = {}
    for one in here:
        value, proved = one.value, (one.attestation.proof, key_of(portal, one))
        who = (value.by, value.role, value.decision) if value else (one.record.name, "", "")
        found.setdefault((*who, *proved), []).append(one.subject)
    return tuple(Signer(*key, tuple(subjects)) for key, subjects in found.items())


def _awaited(assessment: Assessment, release: Release, item: DeliverableProgress) -> Iterator[Awaited]:
    """Sign-offs that a deliverable still waits for, each role once."""
    told: set[str] = set()
    if item.state is State.NOT_APPLICABLE:
        return
    for name in item.deliverable.binding.records:
        for one in subject(assessment, release, name, name).awaited:
            if one.role in item.deliverable.binding.signed_by and one.role not in told:
                told.add(one.role)
                yield one
