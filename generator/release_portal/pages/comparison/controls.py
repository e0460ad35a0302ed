"""Controls by framework, with the answer that the release's checklist gives."""

from collections.abc import Iterator

from release_portal.pages._places import place
from release_portal.pages._render import words
from release_portal.pages.comparison._section import Fact, Group, Section, squeezed
from release_portal.portal import Portal
from release_portal.records.checklist import Checklist, Control
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group for each checklist."""
    del portal
    for record in release.all(Checklist):
        if record.value:
            page = place(release, "checklist").partition("#")[0]
            facts = tuple(_fact(one, f"{page}#{record.name}-") for one in record.value.controls)
            yield Group(record.value.framework, squeezed(record.value.title), facts)


def _fact(one: Control, address: str) -> Fact:
    answer = words(one.answer) + (f" ({one.exception})" if one.exception else "")
    href = address + one.control.replace(" ", "-")
    return Fact(key=one.control, mark=one.control, label=squeezed(one.question), value=answer, href=href)


SECTION = Section(
    name="controls",
    title="Controls",
    order=50,
    groups=groups,
    value="Answer",
    new="Newly asked",
    gone="Not asked",
    changed="Other answer",
    brief=True,
)
