"""A KPI missed its threshold in the monitoring window, and neither an incident nor a word explains it.

## Why it matters
The thresholds say what a good release looks like. One that is missed and passed over in silence teaches everybody that
thresholds do not matter.

## How to fix
If it was an incident, record it and name it under `incidents`. Otherwise say under `anomalies` what happened, with the
KPI's name as it stands in the list. Correct the figures if they are wrong; the threshold stays as it was agreed.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from release_portal.portal import Portal
from release_portal.records.health import Health, Kpi
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare what was measured over the window with the threshold."""
    for release, record in portal.all(Health):
        if record.value is None or record.value.incidents:
            continue
        told = record.value.anomalies.casefold()
        for index, kpi in enumerate(record.value.kpis):
            at = record.source.locate("kpis", index, "measured")
            severity = by_stage(portal, release, at)
            if _missed(kpi) and kpi.name.casefold() not in told and severity:
                bound = kpi.direction.replace("-", " ")
                message = (
                    f"{kpi.name} was {kpi.measured} {kpi.unit}; good is {bound} {kpi.threshold} {kpi.unit}"
                )
                hint = f"record the incident, or explain '{kpi.name}' under `anomalies`"
                yield Problem(at, message, hint, release.version, severity)


def _missed(kpi: Kpi) -> bool:
    low, high = kpi.measured < kpi.threshold, kpi.measured > kpi.threshold
    return low if kpi.direction == "at-least" else high


RULE = Rule(__name__, check, guards=("health",))
