"""What ran in production before a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from release_portal.portal import Portal
from release_portal.release import Release
from release_portal.rules._runs import first_start, production_runs


@dataclass(frozen=True, slots=True)
class Before:
    """The release that production ran before another one, and when its deployment had ended.

    `versions` are those that its regions ran, where they did not all run the same.
    """

    release: Release
    deployed_at: datetime
    versions: frozenset[str]


def before(portal: Portal) -> Mapping[str, Before]:
    """By version, what production ran when the release's own deployment began; as of now where there is none yet.

    Releases that came before the first one with a deployment on record have no entry.
    """
    ended = sorted(
        (
            (run.deployment.finished_at, run.deployment.region, release)
            for release in portal.releases
            for run in production_runs(release)
            if run.deployment.outcome == "succeeded"
        ),
        key=lambda one: one[0],
    )
    begun = sorted(
        ((first_start(one) or portal.as_of, one) for one in portal.releases), key=lambda one: one[0]
    )
    regions, earlier, at = dict[str, tuple[datetime, Release]](), dict[str, Before](), 0
    for start, release in begun:
        while at < len(ended) and ended[at][0] < start:
            regions[ended[at][1]] = (ended[at][0], ended[at][2])
            at += 1
        others = [pair for pair in regions.values() if pair[1] is not release]
        if others:
            last = max(others, key=lambda pair: pair[0])
            earlier[release.version] = Before(last[1], last[0], frozenset(one.version for _, one in others))
    return earlier
