"""The pages of the registers: one that lists them, and one for each, with its rows as files beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from release_portal import digest
from release_portal.assess import Assessment
from release_portal.pages import registers
from release_portal.pages._csv import csv_text
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._part import types
from release_portal.pages._population import Population
from release_portal.pages._portal_page import portal_page
from release_portal.pages._render import macros
from release_portal.pages.registers._index import choices, dump, index
from release_portal.pages.registers._register import Column, Register, Row
from release_portal.records._record import Record
from release_portal.registry import collect
from release_portal.release import Release

URI = "registers/"
SHOWN = 100  # rows that the page itself holds, and that are added at a time
SIZE = 100  # rows in a file: rows of one filter lie scattered, so small files spare more than they cost


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
    def grouped(self) -> Counter[str]:
        """How many rows each group has, by its label."""
        return Counter(self.label(row) for row in self.rows)

    def label(self, row: Row) -> str:
        """The group that a row stands in at first; register.js names the others alike."""
        cell = row.cell(self.register.group)
        return ", ".join(one.text for one in cell.facets) or "None"

    def choices(self, column: Column) -> list[tuple[str, str]]:
        """What the rows can be filtered by in a column, as (value, label)."""
        return choices(column, self.rows)


def fill(register: Register, assessment: Assessment) -> Filled:
    """Read the rows of a register off an assessment."""
    seen: Counter[str] = Counter()
    rows = []
    for row in register.rows(assessment):
        seen[row.id] += 1
        again = seen[row.id]
        rows.append(row if again == 1 else Row(id=f"{row.id}~{again}", cells=row.cells, tone=row.tone))
    return Filled(register, tuple(rows))


def build(assessment: Assessment) -> Iterator[Page]:
    """Give the list of registers, then each of them."""
    known = sorted(collect(registers, "REGISTER", Register), key=lambda one: (one.order, one.name))
    filled = [fill(register, assessment) for register in known]
    yield portal_page(
        assessment,
        uri=URI,
        title="Registers",
        label="All registers",
        template="registers/list.html",
        description="What all releases have of one kind, in one table each.",
        filled=filled,
        population=_population(assessment),
    )
    for one in filled:
        yield page(one, assessment)


def page(filled: Filled, assessment: Assessment) -> Page:
    """Make the page of a register, with index, rows and CSV beside it."""
    register, rows = filled.register, filled.rows
    portal = assessment.portal
    heads = [(one, register.below(one.key)) for one in register.heads]
    made = macros("registers/_row.html", register.uri, heads=heads, roster=portal.roster)
    rendered = [made.row(row) for row in rows]  # type: ignore[attr-defined]  # a macro of the template
    csv, text = f"{register.name}.csv", _csv(register, rows)
    return portal_page(
        assessment,
        uri=register.uri,
        title=register.title,
        above=(("Registers", URI),),
        template="registers/register.html",
        description=register.lead,
        files=((csv, text), *index(register, rows, SIZE), *_files(rendered)),
        scripts=("register",),
        register=register,
        filled=filled,
        shown=list(zip(rows, rendered[:SHOWN], strict=False)),
        withheld=tuple(_withheld(assessment, register)),
        csv=csv,
        csv_digest=digest.of_bytes(text.encode()),
        step=SHOWN,
    )


def _csv(register: Register, rows: Sequence[Row]) -> str:
    columns = register.columns
    return csv_text(
        [one.key for one in columns], ([row.cell(one.key).text for one in columns] for row in rows)
    )


def _files(rendered: Sequence[Markup]) -> Iterator[tuple[str, str]]:
    """All rows as HTML, some to a file; none where the page has them all."""
    if len(rendered) > SHOWN:
        for number, start in enumerate(range(0, len(rendered), SIZE), start=1):
            yield f"rows-{number}.json", dump(rendered[start : start + SIZE])


def _population(assessment: Assessment) -> int:
    """How many rows the population has: every version, in every repository where one was read."""
    found = Population(assessment)
    named = {*found.releases, *found.deployments}
    checked = assessment.portal.git.checked
    tagged = [{tag.version for tag in one.history.released.tags} for one in checked] or [set()]
    return sum(len(named | versions) for versions in tagged)


def _withheld(assessment: Assessment, register: Register) -> Iterator[tuple[Release, str, Record[object]]]:
    """Records that no row comes from: those with errors, and drafts."""
    for release in assessment.portal.releases:
        for name in register.reads:
            for record in release.named(name):
                if record.value is None:
                    yield release, types()[name].title, record


PAGE = PortalPages(name="registers", order=39, build=build)
