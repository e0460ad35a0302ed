"""What is open in a release, as its first page shows it: with a status, and where it is shown."""

from dataclasses import dataclass

from release_portal import todo
from release_portal.pages._places import home, place
from release_portal.portal import Portal
from release_portal.progress import Gap, GapKind
from release_portal.records.actions import Action, Actions
from release_portal.release import Release
from release_portal.todo import Actor

_SIGNING = {GapKind.SIGN_OFF, GapKind.STALE, GapKind.REJECTED}
_FIXED = {
    GapKind.INVALID: ("missing", "Has errors"),
    GapKind.REJECTED: ("missing", "Rejected"),
    GapKind.STALE: ("stale", "Stale"),
    GapKind.EVIDENCE: ("missing", "Evidence"),
    GapKind.UNPROVED: ("missing", "Not proved"),
    GapKind.WAIVER: ("missing", "Not proved"),
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One open thing. `state` is a status class with its `word`; `address` is where the portal shows it.

    `reason` is what whoever rejects a record says about it; empty where nobody rejects, or nothing is said.
    """

    number: str
    state: str
    word: str
    text: str
    address: str
    role: str
    people: tuple[Actor, ...]
    overdue: bool
    reason: str = ""


def todos(portal: Portal, release: Release) -> tuple[Todo, ...]:
    """Everything open in phases that are over or under way; rejections first."""
    return tuple(_shown(release, one) for one in todo.todos(portal, release))


def open_actions(release: Release) -> tuple[Action, ...]:
    """The improvement actions of a release that are not done, the most urgent first."""
    record = release.one(Actions)
    every = record.value.actions if record and record.value else ()
    return tuple(sorted((one for one in every if one.state == "open"), key=lambda one: (one.due, one.id)))


def open_count(portal: Portal, release: Release) -> int:
    """How many things are open in a release: the number that every page gives."""
    return len(todo.todos(portal, release)) + len(open_actions(release))


def _shown(release: Release, one: todo.Todo) -> Todo:
    state, word = _state(one.gap.kind, overdue=one.overdue)
    address = f"{home(release)}signoffs/#{one.gap.subject}"
    if one.gap.kind not in _SIGNING:
        address = place(release, one.gap.subject, one.phase.slug)
    reason = _reason(release, one.gap) if one.gap.kind is GapKind.REJECTED else ""
    return Todo(one.number, state, word, one.text, address, one.role, one.people, one.overdue, reason)


def _reason(release: Release, gap: Gap) -> str:
    """The note of the sign-off that rejects."""
    notes = (one.value.note for one in release.signoffs if one.value and one.record.path == gap.location.path)
    return next(notes, "").strip()


def _state(kind: GapKind, *, overdue: bool) -> tuple[str, str]:
    """Status class and word of a gap."""
    if kind in _FIXED:
        return _FIXED[kind]
    if overdue:
        return "missing", "Missing"
    return ("progress", "In progress") if kind is GapKind.UNFILLED else ("due", "Due")
