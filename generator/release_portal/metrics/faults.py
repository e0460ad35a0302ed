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

_FIRST_KEY = 2  # the line of a record's first key: behind the `---` of front matter


@dataclass(frozen=True, slots=True)
class Fault:
    """What one rule says of the order: the events at fault, and the span of time that is the wrong way round.

    `severity` is that of its gravest finding. `events` is empty where no event stands at the places that the rule
    names; `loose` are the findings of which that is so.
    """

    rule: str
    severity: Severity
    messages: tuple[str, ...]
    events: tuple[Event, ...]
    loose: tuple[Finding, ...] = ()
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
    spoken_of = [_about(one, events) for one in found]
    guilty = tuple(one for one in events if any(one in some for some in spoken_of))
    lane, names = COMPARED[rule]
    others = [one for one in events if one.lane is lane and one.name in names]
    instants = [instant for one in guilty for instant in (one.at, one.end)] + [one.at for one in others]
    return Fault(
        rule,
        min((one.severity for one in found), key=list(Severity).index),
        tuple(one.message for one in found),
        guilty,
        tuple(one for one, some in zip(found, spoken_of, strict=True) if not some),
        min(instants, default=None) if guilty else None,
        max(instants, default=None) if guilty else None,
    )


def _about(finding: Finding, events: Sequence[Event]) -> list[Event]:
    """The events that a finding speaks of: at its line, or all of a record where it names the record as a whole."""
    place = finding.location
    of_record = [one for one in events if one.location.path == place.path]
    at_line = [one for one in of_record if one.location.line == place.line]
    whole = place.column == 1 and place.line <= _FIRST_KEY
    return at_line or (of_record if whole else [])
