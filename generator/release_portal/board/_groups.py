"""What is open, by who must act, in words: the shape in which people read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from release_portal.board._board import Board, Open, ReleaseBoard
from release_portal.board._since import OWN_TIME
from release_portal.portal import Portal
from release_portal.release import Release
from release_portal.todo import MANAGER, Actor


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to do. `number` is its deliverable's, empty for an error; `place` is `path:line`.

    `when` says since when it is open, and whether it is overdue; empty where neither is known.
    """

    number: str
    text: str
    place: str
    when: str


@dataclass(frozen=True, slots=True)
class Group:
    """Who must act, and what to do."""

    who: str
    things: tuple[Thing, ...]


def groups(board: Board, one: ReleaseBoard) -> tuple[Group, ...]:
    """Everything open in a release by who must act: errors first, then as it is listed."""
    found: dict[str, list[Thing]] = {}
    for who, thing in _things(board.portal, one):
        found.setdefault(who, []).append(thing)
    return tuple(Group(who, tuple(things)) for who, things in found.items())


def _things(portal: Portal, one: ReleaseBoard) -> Iterator[tuple[str, Thing]]:
    for error in one.errors:
        place = f"{error.location.path}:{error.location.line}"
        text = f"{error.message} [{error.rule}]"
        yield _who(portal, one.release, MANAGER, one.manager), Thing("", text, place, "")
    for item in one.open:
        todo = item.todo
        who = _who(portal, one.release, todo.role, todo.people)
        yield who, Thing(todo.number, todo.text, todo.place, _when(item))


def _when(item: Open) -> str:
    """Since when, or until when; `overdue` only with the day on which the release left the phase."""
    if item.due:
        return f"due by {day(item.due)}"
    since = f"since {day(item.since)}" if item.since else ""
    own = since and item.todo.gap.kind in OWN_TIME
    return f"overdue {since}".strip() if item.todo.overdue and not own else since


def _who(portal: Portal, release: Release, role: str, people: tuple[Actor, ...]) -> str:
    title = portal.process_of(release).roles.get(role, role)
    names = " or ".join(one.name for one in people)
    return f"{names}, {title}" if names else f"{title}: nobody in the roster"


def facts(board: Board, one: ReleaseBoard) -> str:
    """Phase and target date of a release, on one line."""
    stated, current = one.release.facts, next((line for line in one.phases if line.current), None)
    words = []
    if current:
        entered = f" since {day(current.since)}" if current.since else ""
        words.append(f"phase {current.phase.number} of {len(one.phases)}{entered}")
    if stated:
        left = (stated.target_date - board.portal.as_of.astimezone(UTC).date()).days
        far = f", in {_days(left)}" if left > 0 else f", {_days(-left)} ago" if left else ", today"
        words.append(f"target {stated.target_date}{'' if one.deployed else far}")
    return " · ".join(words)


def title(one: ReleaseBoard) -> str:
    """A release's title, with type and risk, as far as release.yaml tells them; also where it has errors."""
    kind = ", ".join(
        word for word in (_stated(one, "type"), f"{_stated(one, 'risk')} risk") if word.strip() != "risk"
    )
    return f"{_stated(one, 'title')} {f'({kind})' if kind else ''}".strip()


def short_title(one: ReleaseBoard) -> str:
    """A release's title as release.yaml gives it, also where it has errors; else the version."""
    return _stated(one, "title") or one.release.version


def _stated(one: ReleaseBoard, key: str) -> str:
    """What release.yaml says under a key; empty where that is not there, or no text."""
    found = (record.source.value(key) for record in one.release.named("release"))
    return next((value for value in found if isinstance(value, str)), "")


def unasked(board: Board, one: ReleaseBoard) -> str:
    """Why it is not told since when something is open; empty where git was asked, or nothing lacks a day."""
    portal, lacks = board.portal, any(not item.since and not item.due for item in one.open)
    return (
        f"Where no day stands, git was not asked (proof: {portal.settings.proof})."
        if lacks and portal.git.history is None
        else ""
    )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def name(slug: str) -> str:
    """A phase's short name: `Planning`."""
    return slug.replace("-", " ").capitalize()


def day(instant: datetime | None) -> str:
    """The day of an instant, in UTC; empty where there is none."""
    return f"{instant.astimezone(UTC):%Y-%m-%d}" if instant else ""
