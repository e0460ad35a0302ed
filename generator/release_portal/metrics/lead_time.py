"""Lead time for changes: how long a change takes to production."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from release_portal.metrics._measure import SHOWN, Definition, middle
from release_portal.metrics._rollouts import Rollout, rollouts
from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.rules._tagging import commits_of, taggings

DEFINITION = Definition(
    title="Lead time for changes",
    formula="To the end of the first run to production that succeeded, as the median of a release. From the commit, as "
    "DORA does: over its commits. From the approval of the review: over its reviews. Commits and reviews differ in "
    "number, so one median may be longer than the other. What came after that run is not counted.",
    source="Commits in the tag's range of the product repository (committer's time); code-review.yaml: "
    "approved_at; deployments.yaml: environment production, outcome succeeded, finished_at.",
    unit="Days, the newest 10 releases.",
)


@dataclass(frozen=True, slots=True)
class LeadTime:
    """One release: medians over so many commits and so many reviews; None where there is nothing to count."""

    version: str
    hotfix: bool
    commits: int
    from_commit: timedelta | None
    reviews: int
    from_review: timedelta | None


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """Lead times from the oldest release to the newest; `checked` says whether any repository was read."""

    releases: tuple[LeadTime, ...]
    checked: bool


def measure(portal: Portal) -> LeadTimes:
    """Give the lead times of the newest releases that production reached."""
    reached = [one for one in rollouts(portal) if one.reached][-SHOWN:]
    commits = _commits(replace(portal, releases=tuple(one.release for one in reached)))
    return LeadTimes(
        tuple(_lead_time(one, commits.get(one.version, [])) for one in reached), bool(portal.git.checked)
    )


def _lead_time(rollout: Rollout, committed: list[datetime]) -> LeadTime:
    from_commit, from_review = _waits(rollout, committed), _waits(rollout, _approved(rollout))
    return LeadTime(
        rollout.version,
        rollout.hotfix,
        len(from_commit),
        middle(from_commit),
        len(from_review),
        middle(from_review),
    )


def _waits(rollout: Rollout, since: list[datetime]) -> list[timedelta]:
    return [rollout.reached - at for at in since if rollout.reached and at <= rollout.reached]


def _approved(rollout: Rollout) -> list[datetime]:
    records = [record.value for record in rollout.release.all(CodeReview)]
    return [review.approved_at for record in records if record for review in record.reviews]


def _commits(portal: Portal) -> dict[str, list[datetime]]:
    """Committers' times of what came with each release, in all product repositories."""
    found: dict[str, list[datetime]] = {}
    for tagging in taggings(portal):
        times = [one.committer.at for one in commits_of(tagging) if one.committer.at]
        found.setdefault(tagging.release.version, []).extend(times)
    return found
