"""An incident and its root cause analysis: what happened, what was done at once, why it came about.

One file for each incident that the health report names.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

IncidentSeverity = Literal["sev1", "sev2", "sev3", "sev4"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAction:
    """Something done at once, and by whom."""

    at: datetime
    by: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One incident; `actions` are ids in actions.yaml that keep it from coming back."""

    ticket: str
    title: str
    severity: IncidentSeverity
    started_at: datetime
    detected_at: datetime
    resolved_at: datetime
    commander: str
    customer_impact: str
    emergency_actions: tuple[EmergencyAction, ...]
    actions: tuple[str, ...]
    reported_to_regulator: bool
    evidence: tuple[Evidence, ...] = ()


RECORD = RecordType(
    name="incident",
    title="Incident and RCA",
    purpose="What happened, what was done, why, and what keeps it from coming back.",
    file="incidents/*.md",
    shape=Incident,
    schema={
        "ticket": field.kind("ticket", "Ticket"),
        "title": field.text("Title"),
        "severity": field.choice(IncidentSeverity, "Severity"),
        "started_at": field.instant("Started at"),
        "detected_at": field.instant("Detected at"),
        "resolved_at": field.instant("Resolved at"),
        "commander": field.person("Incident commander"),
        "customer_impact": field.text("Customer impact", "Who was hit, how many, how long."),
        "emergency_actions": field.rows(
            {"at": field.instant("At"), "by": field.person("By"), "action": field.text("Action")},
            "Emergency actions",
            "What was done at once, in order.",
            least=1,
        ),
        "actions": field.listing(
            field.kind("ticket", "Action"),
            "Actions",
            "Ids in actions.yaml that keep it from coming back.",
            least=1,
        ),
        "reported_to_regulator": field.yes_no("Reported to a regulator"),
        "evidence": evidence(),
    },
    sections=("Summary", "Root cause", "Lessons"),
    scaffold="""\
---
ticket: <fill in a ticket id>
title: <fill in what happened>
severity: <fill in sev1, sev2, sev3 or sev4>
started_at: <fill in RFC 3339 with zone>
detected_at: <fill in RFC 3339 with zone>
resolved_at: <fill in RFC 3339 with zone>
commander: <fill in a person's id>
customer_impact: <fill in who was hit, how many, how long>
emergency_actions:
  - at: <fill in RFC 3339 with zone>
    by: <fill in a person's id>
    action: <fill in what was done at once>
actions: [<fill in an id in actions.yaml>]
reported_to_regulator: <fill in true or false>
---

## Summary

<fill in what happened, in a paragraph>

## Root cause

<fill in why it came about>

## Lessons

<fill in what is done differently from now on>
""",
)
