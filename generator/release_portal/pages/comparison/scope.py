"""What a release put in scope: the statements of its scope, as it brings them."""

from collections.abc import Iterator

from release_portal.pages.comparison._scope_items import statements
from release_portal.pages.comparison._section import Fact, Group, Section
from release_portal.portal import Portal
from release_portal.records.scope import Scope
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group."""
    del portal
    for record in release.all(Scope):
        found = statements(record, "In scope")
        yield Group("scope", "", tuple(Fact(key=one.casefold(), label=one) for one in found))


SECTION = Section(name="scope", title="In scope", order=20, groups=groups, adds=True)
