"""The named conditions of the process, under which an optional deliverable is required."""

from typing import Any

from release_portal.records.changes import Changes
from release_portal.records.checklist import Checklist
from release_portal.records.health import Health
from release_portal.release import Release


def holds(condition: str, release: Release) -> bool:
    """Whether a named condition of the process holds for a release."""
    return bool(condition) and _CONDITIONS[condition](release)


def is_settled(condition: str, release: Release) -> bool:
    """Whether the records that tell if a condition holds are there; without a condition there is none to wait for."""
    shape = _TOLD_BY.get(condition)
    return shape is None or release.one(shape) is not None


def _has_impact(release: Release) -> bool:
    changes = release.one(Changes)
    if changes is None or changes.value is None:
        return False
    return any("material" in {one.regulatory_impact, one.customer_impact} for one in changes.value.changes)


def _has_high_risk(release: Release) -> bool:
    changes = release.one(Changes)
    if changes is None or changes.value is None:
        return False
    return any(change.risk == "high" or change.newly_exposed for change in changes.value.changes)


def _had_incident(release: Release) -> bool:
    health = release.one(Health)
    return health is not None and health.value is not None and bool(health.value.incidents)


def _failed_control(release: Release) -> bool:
    lists = (record.value for record in release.all(Checklist))
    return any(
        control.answer == "failed" for checklist in lists if checklist for control in checklist.controls
    )


_CONDITIONS = {
    "impact": _has_impact,
    "high-risk": _has_high_risk,
    "incident": _had_incident,
    "failed-control": _failed_control,
}
_TOLD_BY: dict[str, type[Any]] = {
    "impact": Changes,
    "high-risk": Changes,
    "incident": Health,
    "failed-control": Checklist,
}
