"""Commits that came with a release, and how many of them the change log and the reviews cover.

What is not covered is read from the findings of the rules, so that page and check never disagree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from release_portal.finding import Finding
from release_portal.git import Commit, Range
from release_portal.records.changes import Changes
from release_portal.records.code_review import CodeReview
from release_portal.rules import unlogged_commit, unreviewed_commit
from release_portal.rules._tagging import Tagging, commits_of, tickets

_COMMIT = re.compile(r"commit ([0-9a-f]{12}) ")
_LATER = re.compile(r"(\S+): ([0-9]+) commits? came after the reviewed ")


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


def coverage(tagging: Tagging, findings: Iterable[Finding]) -> Coverage | None:
    """Compare the commits of a release with its findings; None where it has no usable tag."""
    found = tagging.product.history.range_of(tagging.release.version)
    if found is None:
        return None
    commits = list(commits_of(tagging))
    told = list(findings)
    has_log, has_reviews = tagging.release.one(Changes), tagging.release.one(CodeReview)
    unlogged = _named(told, unlogged_commit.RULE.name)
    unreviewed = _named(told, unreviewed_commit.RULE.name) | set(_unseen(told, commits))
    covered = (
        Covered(
            one,
            tickets(one),
            one.id[:12] not in unlogged if has_log else None,
            one.id[:12] not in unreviewed if has_reviews else None,
        )
        for one in commits
    )
    return Coverage(tagging, found, tuple(covered))


def _named(findings: list[Finding], rule: str) -> set[str]:
    """The commits that a rule's findings are about, by twelve digits."""
    matches = (_COMMIT.match(one.message) for one in findings if one.rule == rule)
    return {match[1] for match in matches if match}


def _unseen(findings: list[Finding], commits: list[Commit]) -> Iterator[str]:
    """Commits that came after the review of their ticket: the newest so many of it."""
    for one in findings:
        match = _LATER.match(one.message) if one.rule == unreviewed_commit.RULE.name else None
        if match:
            of_ticket = [commit.id[:12] for commit in commits if match[1] in tickets(commit)]
            yield from of_ticket[: int(match[2])]


def _count(commits: tuple[Covered, ...], answers: list[bool | None]) -> int | None:
    return None if commits and None in answers else sum(map(bool, answers))
