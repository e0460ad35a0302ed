"""Whom release.yaml names for each role."""

from collections.abc import Iterator

from release_portal.pages._places import home
from release_portal.pages._render import words
from release_portal.pages.comparison._section import Fact, Group, Section
from release_portal.portal import Portal
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group; none where release.yaml has errors."""
    if release.facts is None:
        return
    titles = portal.process_of(release).roles
    yield Group(
        "roles",
        "",
        tuple(
            Fact(
                key=role,
                label=titles.get(role, words(role)),
                value=portal.roster.name(person),
                href=f"{home(release)}#facts",
            )
            for role, person in release.facts.roles.items()
        ),
    )


SECTION = Section(
    name="roles",
    title="People named",
    order=90,
    groups=groups,
    value="Person",
    new="Newly named",
    gone="Not named",
    changed="Other person",
)
