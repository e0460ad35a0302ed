"""KPIs over the monitoring window of the newest release whose health report is complete."""

from dataclasses import dataclass

from release_portal.metrics._measure import Definition
from release_portal.metrics._rollouts import rollouts
from release_portal.portal import Portal
from release_portal.records.health import Health, Kpi, Span

DEFINITION = Definition(
    title="KPIs of the monitoring window",
    formula="The samples as they are on record, none left out, joined in order of time; the target is the KPI's "
    "threshold. Each panel has a scale of its own, from the least to the greatest of samples and target. A KPI "
    "without samples has only its value over the whole window.",
    source="health.yaml: window, kpis.",
    unit="As the record states it for each KPI.",
)


@dataclass(frozen=True, slots=True)
class Watched:
    """The window of a release with its KPIs; `waiting` are newer releases whose report is not complete."""

    version: str
    window: Span
    kpis: tuple[Kpi, ...]
    waiting: tuple[str, ...]


def measure(portal: Portal) -> Watched | None:
    """Give the newest complete report; None where there is none."""
    waiting: list[str] = []
    for rollout in reversed(rollouts(portal)):
        record = rollout.release.one(Health)
        if record and record.value:
            return Watched(rollout.version, record.value.window, record.value.kpis, tuple(waiting))
        waiting.append(rollout.version)
    return None


def met(kpi: Kpi) -> bool:
    """Whether what was measured over the whole window keeps the threshold."""
    return kpi.measured >= kpi.threshold if kpi.direction == "at-least" else kpi.measured <= kpi.threshold
