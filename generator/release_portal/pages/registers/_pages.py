"""The pages of the registers: one that lists them, and one for each, with its rows as files beside it."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.pages import registers
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._part import types
from release_portal.pages._population import Population
from release_portal.pages._portal_page import portal_page
from release_portal.pages.registers._register import Register
from release_portal.pages.registers._table import Filled, fill, table
from release_portal.records._record import Record
from release_portal.registry import collect
from release_portal.release import Release

URI = "registers/"


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
    """Make the page of a register, with what its table has beside it."""
    register, made = filled.register, table(filled, assessment)
    return portal_page(
        assessment,
        uri=register.uri,
        title=register.title,
        above=(("Registers", URI),),
        template="registers/register.html",
        description=register.lead,
        files=made.files,
        scripts=("register",),
        table=made,
        withheld=tuple(_withheld(assessment, register)),
    )


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
