"""What a register is: columns, and rows that an assessment gives. One file of this folder is one register."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from release_portal.assess import Assessment
from release_portal.pages.registers._cell import NOTHING, Cell

Tone = Literal["", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the CSV, and its place on the page.

    `below` names the column under whose value it stands, small and after the words of `before`; a `hidden`
    one is searched and in the CSV only. A `facet` can be filtered by. `newest` columns sort from the
    highest value down at first.
    """

    key: str
    title: str
    below: str = ""
    before: str = ""
    hidden: bool = False
    facet: bool = False
    newest: bool = False
    style: str = ""

    @property
    def head(self) -> bool:
        """Whether it has a head of its own on the page."""
        return not (self.hidden or self.below)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `id` is its anchor; `tone` marks what is wrong, for which a cell has the word.

    `of` is what a register's own template makes it from.
    """

    id: str
    cells: Mapping[str, Cell]
    tone: Tone = ""
    of: object = None

    def named(self, id_: str) -> "Row":
        """The same row under another anchor."""
        return replace(self, id=id_)

    def cell(self, key: str) -> Cell:
        """The value in a column; a row may leave columns empty."""
        return self.cells.get(key, NOTHING)

    @property
    def due(self) -> date | None:
        """The day on which something open in it is due."""
        days = (one.of for one in self.cells.values() if one.kind == "due")
        return next((one for one in days if isinstance(one, date)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All that the releases have of one kind.

    `rows` gives them in their own order. `noun` is what one row is, `reads` are the record types that rows
    come from, `groups` the columns that rows can be grouped by and `group` the one that they are grouped by
    at first, `tally` the column that sums the register up. `overdue` is the label of the filter for what is
    open after its day. `git` says that rows tell what git knows. `address` is that of the page with its table,
    where that is none of its own below registers/. `template` has a macro `row`; `step` is how many rows come in
    sight at a time, at most as many as a file has.
    """

    name: str
    title: str
    noun: str
    lead: str
    empty: str
    order: int
    reads: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Assessment], Iterable[Row]]
    tally: str
    groups: tuple[str, ...] = ("release",)
    group: str = ""
    overdue: str = ""
    git: bool = False
    address: str = ""
    template: str = "registers/_row.html"
    step: int = 100

    @property
    def uri(self) -> str:
        """Address of its page, from the site's root."""
        return self.address or f"registers/{self.name}/"

    @property
    def heads(self) -> tuple[Column, ...]:
        """The columns that have a head on the page."""
        return tuple(one for one in self.columns if one.head)

    @property
    def facets(self) -> tuple[Column, ...]:
        """The columns that can be filtered by."""
        return tuple(one for one in self.columns if one.facet)

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(one for one in self.columns if one.key == key)

    def below(self, key: str) -> tuple[Column, ...]:
        """The columns that stand under another one."""
        return tuple(one for one in self.columns if one.below == key)


def row_id(*parts: str) -> str:
    """An anchor from texts of records; what an address would have to escape becomes a hyphen."""
    return "-".join(re.sub(r"[^A-Za-z0-9._-]+", "-", part) for part in parts)
