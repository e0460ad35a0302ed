"""The table of a register: its first rows for the page, and all of them in files beside it.

A page has room for a few rows, so that it does not grow with the portal. register.js puts the rest in sight from the
files, and answers what readers ask; without scripts, plain pages and the CSV have every row.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from release_portal import digest
from release_portal.assess import Assessment
from release_portal.pages._csv import csv_text
from release_portal.pages._render import macros
from release_portal.pages.registers._all import all_rows
from release_portal.pages.registers._index import choices, dump, index
from release_portal.pages.registers._register import Column, Register, Row

ROOM = 4_000  # bytes of rows that the page itself holds: with more, a register of one row is much smaller
SIZE = 100  # rows in a file: rows of one filter lie scattered, so small files spare more than they cost

Files = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Filled:
    """A register with its rows, each with an anchor of its own."""

    register: Register
    rows: tuple[Row, ...]

    @cached_property
    def tally(self) -> tuple[tuple[str, str, int], ...]:
        """What sums it up, as (value, label, rows)."""
        column = self.register.column(self.register.tally)
        counts = Counter(one.token for row in self.rows for one in row.cell(column.key).facets)
        return tuple((value, label, counts[value]) for value, label in choices(column, self.rows))

    @cached_property
    def facets(self) -> tuple[Column, ...]:
        """The columns that readers can filter by: those that have something to choose."""
        return tuple(one for one in self.register.facets if any(row.cell(one.key).text for row in self.rows))

    @cached_property
    def grouped(self) -> Counter[str]:
        """How many rows each group has, by its label."""
        return Counter(self.label(row) for row in self.rows)

    def label(self, row: Row) -> str:
        """The group that a row stands in at first; register.js names the others alike."""
        cell = row.cell(self.register.group)
        return ", ".join(one.text for one in cell.facets) or "None"


@dataclass(frozen=True, slots=True)
class Table:
    """What registers/_table.html shows of a register, and the files that go with it.

    `shown` are rows with their HTML; `csv` is the name of the file with all of them, `csv_digest` its SHA-256.
    """

    filled: Filled
    shown: tuple[tuple[Row, Markup], ...]
    csv: str
    csv_digest: str
    files: Files
    size: int = SIZE


def fill(register: Register, assessment: Assessment) -> Filled:
    """Read the rows of a register off an assessment."""
    return Filled(register, tuple(_distinct(register.rows(assessment))))


def table(filled: Filled, assessment: Assessment) -> Table:
    """Make the table of a register, with CSV, index and rows beside it."""
    register, rows = filled.register, filled.rows
    heads = [(one, register.below(one.key)) for one in register.heads]
    portal = assessment.portal
    made = macros(register.template, register.uri, heads=heads, portal=portal, roster=portal.roster)
    rendered = [made.row(row) for row in rows]  # type: ignore[attr-defined]  # a macro of the template
    name, text = f"{register.name}.csv", _csv(register, rows)
    shown = tuple(zip(rows, _first(rendered), strict=False))
    return Table(
        filled,
        shown,
        name,
        digest.of_bytes(text.encode()),
        (
            (name, text),
            *index(register, rows),
            *parts("rows", rendered, len(shown)),
            *(all_rows(register, rendered, portal) if len(rendered) > len(shown) else ()),
        ),
    )


def parts(name: str, rendered: Sequence[Markup], shown: int) -> Iterator[tuple[str, str]]:
    """All rows as HTML, `SIZE` to a file; none where the page shows them all."""
    if len(rendered) > shown:
        for number, start in enumerate(range(0, len(rendered), SIZE), start=1):
            yield f"{name}-{number}.json", dump(rendered[start : start + SIZE])


def _first(rendered: Sequence[Markup]) -> Iterator[Markup]:
    """The rows that the page has room for; one, however long it is."""
    room = ROOM
    for at, row in enumerate(rendered):
        room -= len(row.encode())
        if at and room < 0:
            return
        yield row


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of one name are told apart by a number."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.id] += 1
        again = seen[row.id]
        yield row if again == 1 else row.named(f"{row.id}~{again}")


def _csv(register: Register, rows: Sequence[Row]) -> str:
    columns = register.columns
    return csv_text(
        [one.key for one in columns], ([row.cell(one.key).text for one in columns] for row in rows)
    )
