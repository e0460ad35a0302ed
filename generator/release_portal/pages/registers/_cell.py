"""One value in a register: how it is shown, what a search and the CSV have of it, how it sorts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

import semver

from release_portal.pages._places import home, place
from release_portal.pages._render import words
from release_portal.proof import Proof
from release_portal.release import Release
from release_portal.roster import Roster

Kind = Literal[
    "text", "mono", "version", "tag", "person", "level", "proof", "decision", "status",
    "time", "day", "due", "number", "hash", "answer",
]  # fmt: skip
Key = tuple[int, ...] | float | str
_DECISIONS = ("approve", "abstain", "reject")
_LEVELS = ("none", "low", "minor", "medium", "high", "material")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value of one kind, or several of them.

    `text` is what a search finds and the CSV has. `of` is what the mark of this kind is made from. `value`
    stands for the cell in addresses and filters, `key` orders it; None sorts last, whichever way. `href` is an
    address from the site's root.
    """

    kind: Kind = "text"
    text: str = ""
    of: object = ""
    value: str = ""
    key: Key | None = None
    href: str = ""
    items: tuple["Cell", ...] = ()

    @property
    def facets(self) -> tuple["Cell", ...]:
        """What it can be filtered by: its items, or itself, unless it is empty."""
        return tuple(one for one in self.items or (self,) if one.text)

    @property
    def token(self) -> str:
        """What stands for it in an address."""
        return self.value or self.text


NOTHING = Cell()


def text(value: str, *, href: str = "") -> Cell:
    """Plain text; empty text is nothing."""
    return Cell(text=value, key=value.casefold() or None, href=href)


def mono(value: str, *, href: str = "") -> Cell:
    """An id, ticket or path. Numbers in it count as numbers: A-2 stands before A-10."""
    return Cell(kind="mono", text=value, key=natural(value) or None, href=href)


def tag(word: str) -> Cell:
    """A neutral label from a word of ours."""
    return Cell(kind="tag", text=words(word), value=word, key=word)


def release_of(release: Release) -> Cell:
    """A release, by its version."""
    return version(release.version, href=home(release))


def version(name: str, *, href: str = "") -> Cell:
    """A version, in the order that SemVer gives."""
    if not semver.Version.is_valid(name):
        return Cell(kind="version", text=name, key=name, href=href)
    known = semver.Version.parse(name)
    key = f"{known.major:08}.{known.minor:08}.{known.patch:08}.{known.prerelease is None}"
    return Cell(kind="version", text=name, key=f"{key}.{natural(known.prerelease or '')}", href=href)


def person(roster: Roster, id_: str) -> Cell:
    """Somebody, by the name in the roster."""
    name = roster.name(id_)
    return Cell(kind="person", text=name, of=id_, value=id_, key=name.casefold()) if id_ else NOTHING


def level(word: str) -> Cell:
    """A risk or an impact."""
    return Cell(kind="level", text=words(word), of=word, value=word, key=rank(word))


def rank(word: str) -> int:
    """Place of a level on its scale; the highest risk has the highest one."""
    return _LEVELS.index(word)


def proof(value: Proof, word: str) -> Cell:
    """How well a sign-off is proved."""
    return Cell(kind="proof", text=word, of=value, value=str(value), key=value.rank)


def decision(value: str) -> Cell:
    """What a sign-off decided."""
    return Cell(kind="decision", text=words(value), of=value, value=value, key=_DECISIONS.index(value))


def status(mark: str, word: str, *, order: int = 0) -> Cell:
    """A state with the field's own word: `mark` is a class of the one vocabulary, `order` its place."""
    return Cell(kind="status", text=word, of=mark, value=word.lower().replace(" ", "-"), key=order)


def answer(release: Release, href: str, state: Cell) -> Cell:
    """What a release said to something: its version, then the state."""
    shown = f"{release.version} {state.text}"
    return Cell(kind="answer", text=shown, of=state, value=release.version, href=href)


def time(instant: datetime | None) -> Cell:
    """An instant, in UTC."""
    if instant is None:
        return NOTHING
    stamp = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Cell(kind="time", text=stamp, of=instant, key=instant.timestamp())


def day(value: date | None, *, open_: bool = False) -> Cell:
    """A calendar day; an `open_` one is due, and its lateness is counted when the page is read."""
    if value is None:
        return NOTHING
    return Cell(kind="due" if open_ else "day", text=value.isoformat(), of=value, key=value.toordinal())


def number(value: int) -> Cell:
    """A count."""
    return Cell(kind="number", text=str(value), of=value, key=value)


def sha(value: str) -> Cell:
    """A commit or digest; twelve digits are shown."""
    return Cell(kind="hash", text=value, of=value, key=value or None)


def several(cells: Iterable[Cell], *, joined: str = "; ") -> Cell:
    """Some values in one cell, each of which it can be filtered by."""
    items = tuple(cells)
    return Cell(
        text=joined.join(one.text for one in items),
        items=items,
        key=joined.join(one.text for one in items).casefold() or None,
    )


def spot(release: Release, type_name: str, anchor: str) -> str:
    """Address of one entry of a record, on the page that shows records of its type."""
    return f"{place(release, type_name).partition('#')[0]}#{anchor}"


def natural(value: str) -> str:
    """Text that sorts as people count: digits are padded."""
    parts: list[str] = []
    for one in value.casefold():
        if one.isdecimal() and parts and parts[-1].isdecimal():
            parts[-1] += one
        else:
            parts.append(one)
    return "".join(part.zfill(8) if part.isdecimal() else part for part in parts)
