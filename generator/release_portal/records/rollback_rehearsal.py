"""A rollback that was tried before production: from which version to which, how long, with which result.

It takes place before the go/no-go decision, which rests on it.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

Outcome = Literal["passed", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollbackRehearsal:
    """One rehearsal; `minutes` is how long the way back took."""

    rehearsed_at: datetime
    environment: str
    from_version: str
    to_version: str
    minutes: Decimal
    outcome: Outcome
    performed_by: str
    witnessed_by: str
    evidence: tuple[Evidence, ...] = ()


RECORD = RecordType(
    name="rollback-rehearsal",
    title="Rollback rehearsal",
    purpose="The way back, tried before production.",
    file="rollback-rehearsal.md",
    shape=RollbackRehearsal,
    schema={
        "rehearsed_at": field.instant("Rehearsed at"),
        "environment": field.text("Environment"),
        "from_version": field.kind("version", "From version"),
        "to_version": field.kind("version", "To version"),
        "minutes": field.kind("number", "Minutes", "How long the way back took."),
        "outcome": field.choice(Outcome, "Outcome"),
        "performed_by": field.person("Performed by"),
        "witnessed_by": field.person("Witnessed by", "Not who performed it."),
        "evidence": evidence(),
    },
    sections=("Procedure", "Result"),
    scaffold="""\
---
rehearsed_at: <fill in RFC 3339 with zone>
environment: <fill in where>
from_version: "{version}"
to_version: <fill in the version before>
minutes: <fill in a number>
outcome: <fill in passed or failed>
performed_by: <fill in a person's id>
witnessed_by: <fill in a person's id>
---

## Procedure

<fill in the steps taken>

## Result

<fill in what was seen>
""",
)
