"""Change failure rate: how many of the rollouts went wrong."""

from dataclasses import dataclass

from release_portal.metrics._failures import failures
from release_portal.metrics._measure import SHOWN, Definition, share
from release_portal.metrics._rollouts import Rollout, rollouts
from release_portal.portal import Portal
from release_portal.records.health import Health

DEFINITION = Definition(
    title="Change failure rate",
    formula="Failed rollouts ÷ rollouts that are judged. A rollout failed if a run to production failed or was "
    "rolled back, if an incident began while its release ran, or if a hotfix had to follow it. It did not fail if "
    "none of that is on record once its health report is complete and the monitoring window is over. Until then "
    "it is not known, and counts in neither number.",
    source="deployments.yaml: outcome; incidents/*.md of all releases: started_at; release.yaml: type hotfix; "
    "health.yaml: window.",
    unit="Per cent of the newest 10 releases in production.",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a rollout: failed or not, None where it is not known yet; `why` names what tells it."""

    version: str
    failed: bool | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FailureRate:
    """Outcomes from the oldest release to the newest."""

    outcomes: tuple[Outcome, ...]

    @property
    def judged(self) -> int:
        """Rollouts whose outcome is known."""
        return sum(one.failed is not None for one in self.outcomes)

    @property
    def failed(self) -> int:
        """Rollouts that failed."""
        return sum(one.failed is True for one in self.outcomes)

    @property
    def percent(self) -> int | None:
        """The rate; None where no outcome is known."""
        return share(self.failed, self.judged)


def measure(portal: Portal) -> FailureRate:
    """Judge the newest rollouts."""
    found: dict[str, list[str]] = {}
    for failure in failures(portal):
        found.setdefault(failure.version, []).append(failure.what)
    newest = rollouts(portal)[-SHOWN:]
    return FailureRate(tuple(_outcome(portal, one, tuple(found.get(one.version, ()))) for one in newest))


def _outcome(portal: Portal, rollout: Rollout, why: tuple[str, ...]) -> Outcome:
    if why:
        return Outcome(rollout.version, failed=True, why=why)
    health = [record.value for record in rollout.release.all(Health) if record.value]
    if not health:
        return Outcome(rollout.version, None, ("health report not complete",))
    if any(one.window.until > portal.as_of for one in health):
        return Outcome(rollout.version, None, ("monitoring window not over",))
    return Outcome(rollout.version, failed=False, why=("window over, nothing on record",))
