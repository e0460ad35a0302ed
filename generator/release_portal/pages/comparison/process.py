"""The process that governs a release, and how the release is classed."""

from collections.abc import Iterator

from release_portal.pages._places import home
from release_portal.pages._render import words
from release_portal.pages.comparison._section import Fact, Group, Section
from release_portal.portal import Portal
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group; none where release.yaml has errors."""
    del portal
    if facts := release.facts:
        yield Group(
            "process",
            "",
            (
                Fact(key="process", label="Version of the process", value=facts.process, href="process/"),
                Fact(key="type", label="Type", value=words(facts.type), href=home(release)),
                Fact(key="risk", label="Risk class", value=words(facts.risk), href=home(release)),
            ),
        )


SECTION = Section(name="process", title="Process and class", order=100, groups=groups, value="Value")
