"""A change of high risk, or one that exposes a component anew, is in no threat model.

## Why it matters
Such a change gives attackers something that they did not have before. A model of what they could do with it is cheap
before the code is released and expensive after.

## How to fix
Write a threat model in `threat-models/` that names the change's ticket under `changes`, or extend one that covers the
same components. If the change is of lower risk or exposes nothing, correct `risk` or `newly_exposed` in `changes.yaml`,
and have the change log signed again.

## Controls
- ISO 27001 A.8.32: the impact of each change is assessed.
- PCI DSS 6.5.1: the security impact of each change is documented.
- SOC 2 CC8.1: changes are designed before they are implemented.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.process import Action, Deliverable, Process
from release_portal.progress import GapKind, is_earlier
from release_portal.records.threat_model import ThreatModel
from release_portal.release import Release
from release_portal.rules._log import entries
from release_portal.rules._owed import unread
from release_portal.rules._rule import Problem, Problems, Rule, by_home

NAME = "threat-model"


def check(portal: Portal) -> Problems:
    """Look for a threat model of every change that needs one."""
    for release in portal.releases:
        severity = _demanded(portal, release)
        if severity is None or unread(release, NAME):
            continue
        covered = {ticket for one in release.all(ThreatModel) if one.value for ticket in one.value.changes}
        for entry in entries(release):
            change = entry.change
            if change.ticket in covered or not (change.risk == "high" or change.newly_exposed):
                continue
            key, why = (
                ("risk", "is of high risk")
                if change.risk == "high"
                else ("newly_exposed", "exposes a component anew")
            )
            message = f"{change.ticket} {why}, and no threat model covers it"
            hint = f"write one with `changes: [{change.ticket}]`"
            yield Problem(entry.at(key), message, hint, release.version, severity)


def _demanded(portal: Portal, release: Release) -> Severity | None:
    """Severity of a missing model; None where none is asked for, or another rule tells that it is missing.

    A statement that it does not apply counts for releases of the past only: the condition that asks for it holds.
    """
    believed = is_earlier(portal.measure(release)) and release.facts
    stated = release.facts.not_applicable if believed and release.facts else {}
    asked = [number for number in _numbers(portal.process_of(release)) if number not in stated]
    gaps = (gap for item in portal.progress[release.version].deliverables for gap in item.gaps)
    if not asked or any(gap.kind is GapKind.RECORD and gap.subject == NAME for gap in gaps):
        return None
    return by_home(portal, release, NAME)


def _numbers(process: Process) -> Iterator[str]:
    """Numbers of the actions and deliverables that want the threats to such a change modelled."""
    for phase in process.phases:
        items: tuple[Action | Deliverable, ...] = (*phase.actions, *phase.deliverables)
        for item in items:
            binding = item.binding
            if binding and NAME in binding.records and (not binding.optional or binding.when == "high-risk"):
                yield item.number


RULE = Rule(__name__, check, guards=("threat-model",))
