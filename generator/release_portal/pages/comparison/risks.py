"""The risk register: risks are matched by their words, for ids are each release's own."""

from collections.abc import Iterator

from release_portal.pages._places import place
from release_portal.pages._render import words
from release_portal.pages.comparison._section import Fact, Group, Section, squeezed
from release_portal.portal import Portal
from release_portal.records.risk_assessment import Risk, RiskAssessment
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group; none without an assessment."""
    del portal
    for record in release.all(RiskAssessment):
        if record.value:
            yield Group("risks", "", tuple(_fact(release, one) for one in record.value.risks))


def _fact(release: Release, risk: Risk) -> Fact:
    text = squeezed(risk.description)
    levels = f"{words(risk.likelihood)} likelihood, {risk.impact} impact, {risk.residual} residual"
    page = place(release, "risk-assessment").partition("#")[0]
    return Fact(key=text.casefold(), mark=risk.id, label=text, value=levels, href=f"{page}#{risk.id}")


SECTION = Section(
    name="risks",
    title="Risks",
    order=40,
    groups=groups,
    value="Levels",
    changed="Other level",
    note="Matched by their words, as ids are each release's own",
)
