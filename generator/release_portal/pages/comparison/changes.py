"""Changes that came with a release, by kind, with their risk."""

from collections.abc import Iterator
from typing import get_args

from release_portal.pages._places import home
from release_portal.pages._render import words
from release_portal.pages.comparison._section import Fact, Group, Section, squeezed
from release_portal.portal import Portal
from release_portal.records.changes import ChangeKind, Changes
from release_portal.release import Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group for each kind of change."""
    del portal
    log = release.one(Changes)
    changes = log.value.changes if log and log.value else ()
    for kind in get_args(ChangeKind):
        facts = tuple(
            Fact(
                key=one.ticket,
                mark=one.ticket,
                label=squeezed(one.title),
                value=words(one.risk),
                href=f"{home(release)}changes/#{one.ticket}",
            )
            for one in changes
            if one.kind == kind
        )
        if facts:
            yield Group(kind, words(kind), facts)


SECTION = Section(name="changes", title="Changes", order=10, groups=groups, value="Risk", adds=True)
