"""Ordering faults of a release: what the rules say of its order in time, tied to the events they speak of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from release_portal.finding import Finding, Severity
from release_portal.metrics._sources import Lane
from release_portal.metrics.events import Event

# Each rule about order in time, and what the late or early event is compared with.
COMPARED: dict[str, tuple[Lane, tuple[str, ...]]] = {
    "closed-too-early": (Lane.CLOSURE, ("Retrospective",)),
    "deployment-before-decision": (Lane.BOARD, ("Go", "No-go")),
    "deployment-out-of-window": (Lane.DEPLOYMENT, ()),
    "finished-before-started": (Lane.CLOSURE, ()),
    "future-event": (Lane.CLOSURE, ()),
    "incident-order": (Lane.INCIDENTS, ()),
    "late-hotfix-records": (Lane.DEPLOYMENT, ("Production",)),
    "late-review": (Lane.BOARD, ("Go", "No-go")),
    "monitoring-window": (Lane.DEPLOYMENT, ("Production",)),
    "rehearsal-after-decision": (Lane.BOARD, ("Go", "No-go")),
    "review-after-deployment": (Lane.DEPLOYMENT, ("Production",)),
    "retroactive-record": (Lane.DEPLOYMENT, ("Production",)),
    "sign-off-after-gate": (Lane.DEPLOYMENT, ("Production",)),
    "tag-out-of-order": (Lane.DEPLOYMENT, ("Tag",)),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What one rule says of the order: the events at fault, and the span of time that is the wrong way round.

    `events` is empty where no event stands at the place that the rule names.
    """

    rule: str
    error: bool
    messages: tuple[str, ...]
    events: tuple[Event, ...]
    begin: datetime | None = None
    end: datetime | None = None


def faults(findings: Sequence[Finding], events: Sequence[Event]) -> tuple[Fault, ...]:
    """Give the ordering faults, one for each rule that found any, by the rules' names."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.rule in COMPARED:
            by_rule.setdefault(finding.rule, []).append(finding)
    return tuple(_fault(rule, found, events) for rule, found in sorted(by_rule.items()))


def _fault(rule: str, found: Sequence[Finding], events: Sequence[Event]) -> Fault:
    places = {(one.location.path, one.location.line) for one in found}
    guilty = tuple(one for one in events if (one.location.path, one.location.line) in places)
    lane, names = COMPARED[rule]
    others = [one for one in events if one.lane is lane and one.name in names]
    instants = [instant for one in guilty for instant in (one.at, one.end)] + [one.at for one in others]
    return Fault(
        rule,
        any(one.severity is Severity.ERROR for one in found),
        tuple(one.message for one in found),
        guilty,
        min(instants, default=None) if guilty else None,
        max(instants, default=None) if guilty else None,
    )
