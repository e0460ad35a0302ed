"""Controls by framework, with the answer that the release's checklist gives, in the words of the register."""

from collections.abc import Iterator

from release_portal.pages.comparison._section import Fact, Group, Section, squeezed
from release_portal.pages.registers.controls import Answered
from release_portal.portal import Portal
from release_portal.records.checklist import Checklist
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group for each checklist."""
    del portal
    for record in release.all(Checklist):
        if record.value:
            answers = (Answered(release, record.name, one) for one in record.value.controls)
            yield Group(record.value.framework, squeezed(record.value.title), tuple(map(_fact, answers)))


def _fact(one: Answered) -> Fact:
    control = one.control
    answer = one.state.text + (f" ({control.exception})" if control.exception else "")
    label = squeezed(control.question)
    return Fact(key=control.control, mark=control.control, label=label, value=answer, href=one.address)


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
    note="Met is said where its evidence is here with the stated digest",
)
