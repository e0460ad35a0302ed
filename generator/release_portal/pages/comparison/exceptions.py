"""Exceptions in force as of a release: its own, and those of the releases before it."""

from collections.abc import Iterator
from datetime import UTC, date

from release_portal.pages._neighbours import up_to
from release_portal.pages._places import place
from release_portal.pages._production import last_run
from release_portal.pages.comparison._section import Fact, Group, Section, squeezed
from release_portal.portal import Portal
from release_portal.records.exceptions import AcceptedException, Exceptions
from release_portal.release import WITHDRAWN, Release


def groups(portal: Portal, release: Release) -> Iterator[Group]:
    """One group, which may be empty."""
    run = last_run(portal, release)
    planned = release.facts.target_date if release.facts else portal.clock.today()
    day = run.finished_at.astimezone(UTC).date() if run else planned
    held = tuple(_held(portal, release, day))
    yield Group("exceptions", "", tuple(_fact(owner, one) for owner, one in held))


def _held(portal: Portal, release: Release, day: date) -> Iterator[tuple[Release, AcceptedException]]:
    """What is accepted on a day; a closed one counts as closed from the first, for no day of it is recorded."""
    for owner in up_to(portal, release):
        for record in owner.all(Exceptions):
            every = record.value.exceptions if record.value else ()
            good = [one for one in every if one.state == "accepted" and day <= one.expires]
            if good and (owner is release or owner.phase != WITHDRAWN):
                yield from ((owner, one) for one in good)


def _fact(owner: Release, one: AcceptedException) -> Fact:
    page = place(owner, "exceptions").partition("#")[0]
    return Fact(
        key=one.id,
        mark=one.id,
        label=squeezed(one.title),
        value=f"Accepted until {one.expires.isoformat()}",
        href=f"{page}#{one.id}",
    )


SECTION = Section(
    name="exceptions",
    title="Exceptions",
    order=60,
    groups=groups,
    value="State",
    gone="Ended",
    note="Those of earlier releases stay until they end",
)
