"""Runbooks as of a release: its own, and those that it carries forward."""

from collections.abc import Iterator

from release_portal.pages._carried import carried
from release_portal.pages.comparison._section import Fact, Group, Section, squeezed
from release_portal.portal import Portal
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group, by title."""
    found = sorted(carried(portal, release).items(), key=lambda pair: pair[1].runbook.title.casefold())
    facts = (
        Fact(
            key=slug,
            label=squeezed(one.runbook.title),
            value=f"From {one.release.version}",
            href=one.address,
        )
        for slug, one in found
    )
    yield Group("runbooks", "", tuple(facts))


SECTION = Section(
    name="runbooks",
    title="Runbooks",
    order=70,
    groups=groups,
    value="Version",
    changed="Newer version",
    note="Those of earlier releases carry forward",
)
