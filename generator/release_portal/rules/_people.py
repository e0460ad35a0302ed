"""Who is who across records: one human being may have two entries in the roster."""

from collections.abc import Iterable

from release_portal.records.changes import Changes
from release_portal.records.code_review import CodeReview
from release_portal.release import Release
from release_portal.roster import Roster


def is_same(roster: Roster, one: str, other: str) -> bool:
    """Whether two ids stand for one human being: the same id, or two that share an e-mail address."""
    if one == other:
        return True
    people = roster.person(one), roster.person(other)
    addresses = [{email.casefold() for email in person.emails} if person else set() for person in people]
    return bool(addresses[0] & addresses[1])


def among(roster: Roster, person: str, people: Iterable[str]) -> bool:
    """Whether somebody is one of some people."""
    return any(is_same(roster, person, other) for other in people)


def alias(roster: Roster, person: str, people: Iterable[str]) -> str:
    """Why somebody is one of some people, where it is not plain: `; a and b share an e-mail address`."""
    ids = tuple(people)
    other = next((one for one in ids if is_same(roster, person, one)), person)
    return "" if person in ids or other == person else f"; {person} and {other} share an e-mail address"


def authors_of_changes(release: Release) -> dict[str, tuple[str, ...]]:
    """Authors by ticket: whom the change log or a review names as one."""
    named: dict[str, dict[str, None]] = {}
    for changes in release.all(Changes):
        for change in changes.value.changes if changes.value else ():
            named.setdefault(change.ticket, {}).update(dict.fromkeys(change.authors))
    for reviews in release.all(CodeReview):
        for review in reviews.value.reviews if reviews.value else ():
            named.setdefault(review.ticket, {}).update(dict.fromkeys(review.authors))
    return {ticket: tuple(authors) for ticket, authors in named.items()}


def tickets_of(roster: Roster, release: Release, person: str) -> list[str]:
    """Tickets of the changes that somebody wrote a part of."""
    authors = authors_of_changes(release).items()
    return [ticket for ticket, people in authors if among(roster, person, people)]
