"""Commits that came with a release, and how many of them the change log and the reviews cover."""

from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.git import Commit, Range
from release_portal.records.changes import Changes
from release_portal.records.code_review import CodeReview
from release_portal.release import Release
from release_portal.rules._tagging import Tagging, commits_of, tickets


@dataclass(frozen=True, slots=True)
class Covered:
    """A commit with its tickets; `logged` and `reviewed` are None where there is no record to compare with."""

    commit: Commit
    tickets: tuple[str, ...]
    logged: bool | None
    reviewed: bool | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The commits of a release in one repository, newest first; none for a repository's first release tag."""

    tagging: Tagging
    range: Range
    commits: tuple[Covered, ...]

    @property
    def logged(self) -> int | None:
        """How many commits name a ticket of the change log."""
        return _count(self.commits, [one.logged for one in self.commits])

    @property
    def reviewed(self) -> int | None:
        """How many commits a review has seen."""
        return _count(self.commits, [one.reviewed for one in self.commits])

    @property
    def span(self) -> str:
        """The range as git takes it: `v2.3.0..v2.4.0`."""
        base = f"{self.range.base.tag.name}.." if self.range.base else ""
        return f"{base}{self.range.tag.tag.name}"


def coverage(tagging: Tagging) -> Coverage | None:
    """Compare the commits of a release with its records; None where it has no usable tag."""
    found = tagging.product.history.range_of(tagging.release.version)
    if found is None:
        return None
    commits = list(commits_of(tagging))
    logged = _logged(tagging.release)
    seen = _seen(tagging.release, commits)
    covered = (
        Covered(
            one,
            tickets(one),
            None if logged is None else not logged.isdisjoint(tickets(one)),
            None if seen is None else one.id in seen,
        )
        for one in commits
    )
    return Coverage(tagging, found, tuple(covered))


def _logged(release: Release) -> frozenset[str] | None:
    """Tickets of the change log; None where there is none."""
    record = release.one(Changes)
    return frozenset(change.ticket for change in record.value.changes) if record and record.value else None


def _seen(release: Release, commits: list[Commit]) -> frozenset[str] | None:
    """Ids of the commits that an approved review has seen; None where there are no reviews to compare with."""
    record = release.one(CodeReview)
    if record is None or record.value is None:
        return None
    reviewed: dict[str, list[str]] = {}
    for review in record.value.reviews:
        if review.outcome == "approved":
            reviewed.setdefault(review.ticket, []).append(review.commit)
    later = {id_ for ticket, last in reviewed.items() for id_ in _later(ticket, last, commits)}
    return frozenset(
        one.id for one in commits if one.id not in later and any(name in reviewed for name in tickets(one))
    )


def _later(ticket: str, last: list[str], commits: list[Commit]) -> Iterator[str]:
    """Commits of a ticket that came after its one review; where it has several, nobody can tell."""
    if len(last) == 1:
        of_ticket = [one.id for one in commits if ticket in tickets(one)]
        yield from of_ticket[: of_ticket.index(last[0]) if last[0] in of_ticket else None]


def _count(commits: tuple[Covered, ...], answers: list[bool | None]) -> int | None:
    return None if commits and None in answers else sum(map(bool, answers))
