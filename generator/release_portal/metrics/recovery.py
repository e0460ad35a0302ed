"""Failed deployment recovery time: how long production suffered from a failed rollout."""

from dataclasses import dataclass
from datetime import timedelta

from release_portal.metrics._failures import Failure, failures
from release_portal.metrics._measure import SHOWN, Definition, middle
from release_portal.metrics._rollouts import rollouts
from release_portal.portal import Portal

DEFINITION = Definition(
    title="Failed deployment recovery time",
    formula="From the begin of a failure to the recovery: the median over all failures whose two ends are known. An "
    "incident lasts from its start to its resolution; a failed run from its end to the end of the next run to "
    "that region that succeeded.",
    source="incidents/*.md of all releases: started_at, resolved_at; deployments.yaml: environment production, "
    "region, outcome, started_at, finished_at.",
    unit="Hours, the newest 10 failures.",
)


@dataclass(frozen=True, slots=True)
class Recoveries:
    """Failures from the first to the last; `deployed` says whether anything went to production at all."""

    failures: tuple[Failure, ...]
    deployed: bool

    @property
    def median(self) -> timedelta | None:
        """The middle of those whose length is known; None where none is."""
        return middle(one.length for one in self.failures if one.length is not None)


def measure(portal: Portal) -> Recoveries:
    """Give the newest failures."""
    return Recoveries(failures(portal)[-SHOWN:], bool(rollouts(portal)))
