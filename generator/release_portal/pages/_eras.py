"""The life of a release cut at its gates: what was committed after each of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from release_portal.git import Commit
from release_portal.records.deployments import Deployments
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Gate:
    """What a release passed, and when: a gate of its own, by the records, or a commit that changed release.yaml.

    A phase moves only by such a commit.
    """

    title: str
    at: datetime
    commit: Commit | None = None


def gates(release: Release, moves: Iterable[Commit]) -> tuple[Gate, ...]:
    """Every gate of a release, oldest first; `moves` are the commits that changed its release.yaml."""
    found = [*_recorded(release), *(Gate(one.subject, at, one) for one in moves if (at := one.committer.at))]
    return tuple(sorted(found, key=lambda one: (one.at, one.commit is None)))


def last_before(passed: Sequence[Gate], commit: Commit) -> Gate | None:
    """The last gate that had been passed when a commit was made, by its committer's clock.

    A commit that is a gate itself stands before it.
    """
    at = commit.committer.at
    return next((one for one in reversed(passed) if at and one.at < at and one.commit is not commit), None)


def decided_at(release: Release) -> datetime | None:
    """When it was decided to deploy; None where it was not."""
    record = release.one(GoNoGo)
    return record.value.held_at if record and record.value and record.value.decision == "go" else None


def deployed_at(release: Release) -> datetime | None:
    """When the first deployment to production began; None where there is none."""
    record = release.one(Deployments)
    runs = record.value.deployments if record and record.value else ()
    return min((one.started_at for one in runs if one.environment == "production"), default=None)


def _recorded(release: Release) -> Iterator[Gate]:
    closed = release.facts.closed_at if release.facts else None
    if at := decided_at(release):
        yield Gate("the go decision", at)
    if at := deployed_at(release):
        yield Gate("the deployment to production", at)
    if closed:
        yield Gate("closure", closed)
