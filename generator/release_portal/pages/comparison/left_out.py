"""What a release leaves out: the statements of its scope, which may stand in an earlier one as well."""

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
        found = statements(record, "Out of scope")
        facts = (Fact(key=one.casefold(), label=one, value="Left out") for one in found)
        yield Group("left-out", "", tuple(facts))


SECTION = Section(
    name="left-out", title="Out of scope", order=30, groups=groups, value="Scope", gone="No longer listed"
)
