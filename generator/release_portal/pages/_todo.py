"""What is open in a release, as its first page shows it: with a status, and where it is shown."""

from dataclasses import dataclass

from release_portal import todo
from release_portal.pages._places import home, place
from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.release import Release
from release_portal.todo import Actor

_SIGNING = {GapKind.SIGN_OFF, GapKind.STALE, GapKind.REJECTED}
_FIXED = {
    GapKind.INVALID: ("missing", "Has errors"),
    GapKind.REJECTED: ("missing", "Rejected"),
    GapKind.STALE: ("stale", "Stale"),
    GapKind.EVIDENCE: ("missing", "Evidence"),
    GapKind.UNPROVED: ("missing", "Not proved"),
}


@dataclass(frozen=True, slots=True)
class Todo:
    """One open thing. `state` is a status class with its `word`; `address` is where the portal shows it."""

    number: str
    state: str
    word: str
    text: str
    address: str
    role: str
    people: tuple[Actor, ...]
    overdue: bool


def todos(portal: Portal, release: Release) -> tuple[Todo, ...]:
    """Everything open in phases that are over or under way; rejections first."""
    return tuple(_shown(release, one) for one in todo.todos(portal, release))


def _shown(release: Release, one: todo.Todo) -> Todo:
    state, word = _state(one.gap.kind, overdue=one.overdue)
    address = f"{home(release)}signoffs/#{one.gap.subject}"
    if one.gap.kind not in _SIGNING:
        address = place(release, one.gap.subject, one.phase.slug)
    return Todo(one.number, state, word, one.text, address, one.role, one.people, one.overdue)


def _state(kind: GapKind, *, overdue: bool) -> tuple[str, str]:
    """Status class and word of a gap."""
    if kind in _FIXED:
        return _FIXED[kind]
    if overdue:
        return "missing", "Missing"
    return ("progress", "In progress") if kind is GapKind.UNFILLED else ("due", "Due")
