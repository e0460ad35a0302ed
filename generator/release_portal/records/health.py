"""Health after the deployment: KPIs over the monitoring window, on-call rota, reports, incidents.

The window is 48 to 72 hours long and starts at the deployment. `incidents: []` says that there was
none; leaving the key out says nothing, and is an error.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

Direction = Literal["at-least", "at-most"]
ReportKind = Literal["legal", "compliance", "trade"]
ReportResult = Literal["clean", "exceptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one instant to another."""

    from_: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Who was on call, from when to when."""

    person: str
    from_: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A KPI's value at an instant."""

    at: datetime
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """One KPI over the window: `measured` against `threshold`, both in `unit`."""

    name: str
    unit: str
    direction: Direction
    threshold: Decimal
    measured: Decimal
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An automated legal, compliance or trade report that ran in the window."""

    name: str
    kind: ReportKind
    result: ReportResult
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The monitoring window of a release; `incidents` are the names of its incident records."""

    window: Span
    on_call: tuple[Shift, ...]
    kpis: tuple[Kpi, ...]
    reports: tuple[Report, ...]
    anomalies: str
    incidents: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


_SPAN = {"from": field.instant("From"), "until": field.instant("Until")}

RECORD = RecordType(
    name="health",
    title="Health report",
    purpose="KPIs, anomalies, reports and on-call of the monitoring window.",
    file="health.yaml",
    shape=Health,
    schema={
        "window": field.group(_SPAN, "Monitoring window", "48 to 72 hours from the deployment."),
        "on_call": field.rows(
            {"person": field.person("Person"), **_SPAN}, "On call", "Covers the window.", least=1
        ),
        "kpis": field.rows(
            {
                "name": field.text("KPI"),
                "unit": field.text("Unit", "Such as %, ms, per minute."),
                "direction": field.choice(
                    Direction, "Good is", "Whether good is at least or at most the threshold."
                ),
                "threshold": field.kind("number", "Threshold"),
                "measured": field.kind("number", "Measured", "Over the whole window."),
                "samples": field.rows(
                    {"at": field.instant("At"), "value": field.kind("number", "Value")},
                    "Samples",
                    optional=True,
                ),
            },
            "KPIs",
            "Availability and errors at the least.",
            least=1,
        ),
        "reports": field.rows(
            {
                "name": field.text("Report"),
                "kind": field.choice(ReportKind, "Kind"),
                "result": field.choice(ReportResult, "Result"),
                "note": field.text("Note", optional=True),
            },
            "Automated reports",
            "Legal, compliance and trade reports of the window.",
            least=1,
        ),
        "anomalies": field.text("Anomalies", "What the anomaly logs showed, or that they showed nothing."),
        "incidents": field.listing(
            field.kind("name", "Incident"),
            "Incidents",
            "Names of files in incidents/; `[]` says that there was none.",
        ),
        "evidence": evidence(),
    },
    scaffold="""\
window:
  from: <fill in RFC 3339 with zone>
  until: <fill in RFC 3339 with zone>
on_call:
  - person: <fill in a person's id>
    from: <fill in RFC 3339 with zone>
    until: <fill in RFC 3339 with zone>
kpis:
  - name: Availability
    unit: "%"
    direction: at-least
    threshold: <fill in a number>
    measured: <fill in a number>
reports:
  - name: <fill in the report>
    kind: <fill in legal, compliance or trade>
    result: <fill in clean or exceptions>
anomalies: <fill in what the anomaly logs showed>
incidents: [<fill in names of files in incidents/ or leave the list empty>]
""",
)
