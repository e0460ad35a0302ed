"""What keeps a release from moving on: each open thing once, with who must act and where it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.pages._part import types
from release_portal.pages._places import home, place
from release_portal.portal import Portal
from release_portal.progress import DeliverableProgress, Gap, GapKind, PhaseProgress, Stage
from release_portal.proof import Proof
from release_portal.release import Release

_SIGNING = {GapKind.SIGN_OFF, GapKind.STALE, GapKind.REJECTED}
_MANAGER = "release-manager"


@dataclass(frozen=True, slots=True)
class Todo:
    """One open thing. `state` is a status class with its `word`; `who` names a role and people, if any is known."""

    number: str
    state: str
    word: str
    text: str
    address: str
    role: str
    people: tuple[str, ...]
    overdue: bool


def todos(portal: Portal, release: Release) -> tuple[Todo, ...]:
    """Everything open in phases that are over or under way, in the order of the process; rejections first."""
    found: dict[tuple[GapKind, str, str, str], Todo] = {}
    for phase in portal.progress[release.version].phases:
        if phase.stage is Stage.AHEAD:
            continue
        for item in phase.deliverables:
            for gap in item.gaps:
                key = (gap.kind, gap.subject, gap.role, item.deliverable.document)
                found.setdefault(key, _todo(portal, release, phase, item, gap))
    return (*_rejections(portal, release), *found.values())


def _rejections(portal: Portal, release: Release) -> Iterator[Todo]:
    """Rejections by people whom the process does not ask: they shut no gate, but nobody may miss them."""
    deliverables = portal.progress[release.version].deliverables
    asked = {(gap.subject, gap.role) for item in deliverables for gap in item.gaps}
    for one in release.signoffs:
        value = one.value
        if value is None or value.decision != "reject" or (one.subject, value.role) in asked:
            continue
        if one.attestation.proof in {Proof.STALE, Proof.CLAIMED}:
            continue
        who = (
            f"{portal.roster.name(value.by)} ({portal.process_of(release).roles.get(value.role, value.role)})"
        )
        text = f"{_title(one.subject)}: {who} rejects it"
        people = tuple(_people(portal, release, _MANAGER))
        address = f"{home(release)}signoffs/#{one.subject}"
        yield Todo("", "missing", "Rejected", text, address, _MANAGER, people, overdue=False)


def _todo(
    portal: Portal, release: Release, phase: PhaseProgress, item: DeliverableProgress, gap: Gap
) -> Todo:
    overdue = phase.stage is Stage.PASSED
    state, word = _state(gap.kind, overdue=overdue)
    address = f"{home(release)}signoffs/#{gap.subject}"
    if gap.kind not in _SIGNING:
        address = place(release, gap.subject, phase.phase.slug)
    role, text = gap.role or _MANAGER, gap_text(portal, item, gap)
    people = tuple(_people(portal, release, role))
    return Todo(item.deliverable.number, state, word, text, address, role, people, overdue)


def _state(kind: GapKind, *, overdue: bool) -> tuple[str, str]:
    """Status class and word of a gap."""
    fixed = {
        GapKind.INVALID: ("missing", "Has errors"),
        GapKind.REJECTED: ("missing", "Rejected"),
        GapKind.STALE: ("stale", "Stale"),
        GapKind.EVIDENCE: ("missing", "Evidence"),
        GapKind.UNPROVED: ("missing", "Not proved"),
    }
    if kind in fixed:
        return fixed[kind]
    if overdue:
        return "missing", "Missing"
    return ("progress", "In progress") if kind is GapKind.UNFILLED else ("due", "Due")


def _title(subject: str) -> str:
    """A record type's title; a document's own name."""
    return types()[subject].title if subject in types() else subject


def gap_text(portal: Portal, item: DeliverableProgress, gap: Gap) -> str:
    """What is to be done about a gap, in the words of a page."""
    title = item.deliverable.text if item.deliverable.document else types()[gap.subject].title
    role = portal.process.roles.get(gap.role, gap.role)
    texts = {
        GapKind.RECORD: f"{title}: to be written",
        GapKind.INVALID: f"{title}: correct its errors",
        GapKind.UNFILLED: f"{title}: {gap.message}",
        GapKind.SIGN_OFF: f"{title}: sign-off by the {role}",
        GapKind.EVIDENCE: f"{title}: {gap.message}",
        GapKind.UNPROVED: f"{title}: {gap.message}",
        GapKind.STALE: f"{title}: changed after the {role} signed, sign again",
        GapKind.REJECTED: f"{title}: {gap.message}",
    }
    return texts[gap.kind]


def _people(portal: Portal, release: Release, role: str) -> Iterator[str]:
    """Names of who can act: the person whom the release names for the role, else all who hold it."""
    named = release.facts.roles.get(role) if release.facts else None
    if named:
        yield portal.roster.name(named)
    else:
        yield from (person.name for person in portal.roster.holders(role, portal.as_of.date()))
