"""The sign-offs on a record as pages show them: those given, and those that the process still asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from release_portal.assess import Assessment
from release_portal.finding import Finding
from release_portal.portal import Portal
from release_portal.progress import GapKind, Stage, State, signoff_gap
from release_portal.proof import Proof
from release_portal.records.people import Person
from release_portal.records.signoff import Signoff
from release_portal.release import Release, SignedRecord


@dataclass(frozen=True, slots=True)
class Given:
    """A sign-off that somebody gave. `value` is None where its file has errors: then `findings` tell them.

    `key` is the fingerprint of the key that signed it, whoever's that is; empty where none is known.
    """

    signed: SignedRecord
    value: Signoff | None
    proof: Proof
    digest_now: str
    findings: tuple[Finding, ...]
    key: str

    @property
    def stale(self) -> bool:
        """Whether what was signed has changed since."""
        return self.proof is Proof.STALE

    @property
    def person(self) -> str:
        """Id of who signed; the file's name says it too, if the file itself cannot."""
        return self.value.by if self.value else self.signed.record.name


@dataclass(frozen=True, slots=True)
class Awaited:
    """A sign-off that the process asks for and that nobody gave; `people` could give it now."""

    role: str
    state: State
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A record type with its sign-offs. `records` are the paths of its files below the release's folder."""

    type_name: str
    title: str
    records: tuple[str, ...]
    given: tuple[Given, ...]
    awaited: tuple[Awaited, ...]

    @property
    def where(self) -> str:
        """The files in one path: `01-planning/scope.md`, `02-compliance/checklists/{gdpr,soc2}.yaml`."""
        if len(self.records) < 2:
            return "".join(self.records)
        folder, _, first = self.records[0].rpartition("/")
        names = ",".join(path.rpartition("/")[2].rpartition(".")[0] for path in self.records)
        return f"{folder}/{{{names}}}.{first.rpartition('.')[2]}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Sign-offs of a release: files that are there, how many the process requires, and how many of those are given.

    One that is stale, that rejects, or that nobody knows to be the signer's is there, and not given.
    """

    files: int
    required: int
    given: int


def tally(portal: Portal, release: Release) -> Tally:
    """Count the sign-offs of a release, over all phases: what every page says of their number."""
    phases = portal.progress[release.version].phases
    required = {pair for one in phases for pair in one.required}
    given = {pair for one in phases for pair in one.given}
    return Tally(len(release.signoffs), len(required), len(given))


_STATES = {Stage.PASSED: State.MISSING, Stage.CURRENT: State.DUE, Stage.AHEAD: State.NOT_DUE}


def subjects(assessment: Assessment, release: Release, titles: Mapping[str, str]) -> Iterator[Subject]:
    """Every record type that is signed or to be signed, in the order of the process."""
    bound = (name for item in assessment.portal.process_of(release).deliverables for name in item.subjects)
    for name in dict.fromkeys((*bound, *(one.subject for one in release.signoffs))):
        one = subject(assessment, release, name, titles.get(name, name))
        if one.given or one.awaited:
            yield one


def subject(assessment: Assessment, release: Release, name: str, title: str) -> Subject:
    """The sign-offs on one record type."""
    paths = tuple(release.relative(record) for record in release.named(name))
    given = sorted(_given(assessment, release, name), key=_order)
    return Subject(name, title, paths, tuple(given), tuple(_awaited(assessment, release, name)))


def _given(assessment: Assessment, release: Release, name: str) -> Iterator[Given]:
    for one in release.signoffs:
        if one.subject == name:
            judged = one.attestation.proof
            findings = tuple(f for f in assessment.of(release.version) if f.location.path == one.record.path)
            key = key_of(assessment.portal, one)
            yield Given(one, one.value, judged, release.digest_of(name), findings, key)


def key_of(portal: Portal, signed: SignedRecord) -> str:
    """Fingerprint of the key that signed a sign-off: that of its proof, else that of the commit that holds it.

    A sign-off with a signature of its own has no other key.
    """
    attested, own = signed.attestation, portal.git.history
    if attested.key or own is None or (signed.value and signed.value.signature):
        return attested.key
    signature = own.signatures.get(attested.commit)
    return signature.key if signature else ""


def _order(one: Given) -> tuple[float, str]:
    return (one.value.at.timestamp() if one.value else 0.0, one.person)


def _awaited(assessment: Assessment, release: Release, name: str) -> Iterator[Awaited]:
    """One for each role that must sign and whose sign-off is not there; stale ones and rejections are."""
    portal = assessment.portal
    stages: dict[str, Stage] = {}
    for phase in portal.progress[release.version].phases:
        for item in phase.deliverables:
            if name in item.deliverable.subjects and item.state is not State.NOT_APPLICABLE:
                for role in item.deliverable.binding.signed_by:
                    stages.setdefault(role, phase.stage)
    for role, stage in stages.items():
        gaps = signoff_gap(portal.measure(release), release, name, role)
        if any(gap.kind is GapKind.SIGN_OFF for gap in gaps):
            yield Awaited(role, _STATES[stage], portal.roster.holders(role, portal.clock.today()))
