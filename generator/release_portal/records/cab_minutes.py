"""Minutes of the change advisory board that reviewed scope and risk.

They say who was there in which role, what was discussed, and what was decided. The sign-offs on this
record are what makes them signed minutes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._attendance import ATTENDEES, Attendee
from release_portal.records._record import RecordType

BoardDecision = Literal["approve", "reject", "defer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CabMinutes:
    """A board meeting on the release's scope and risk."""

    held_at: datetime
    chair: str
    attendees: tuple[Attendee, ...]
    decision: BoardDecision
    conditions: tuple[str, ...] = ()


RECORD = RecordType(
    name="cab-minutes",
    title="CAB minutes",
    purpose="Who met on scope and risk, and what they decided.",
    file="cab-minutes.md",
    shape=CabMinutes,
    schema={
        "held_at": field.instant("Held at"),
        "chair": field.person("Chair"),
        "attendees": ATTENDEES,
        "decision": field.choice(BoardDecision, "Decision"),
        "conditions": field.listing(
            field.text("Condition"), "Conditions", "What the approval depends on.", optional=True
        ),
    },
    sections=("Discussion", "Decision"),
    scaffold="""\
---
held_at: <fill in RFC 3339 with zone>
chair: <fill in a person's id>
attendees:
  - person: <fill in a person's id>
    role: cab-chair
  - person: <fill in a person's id>
    role: compliance-officer
decision: <fill in approve, reject or defer>
---

## Discussion

<fill in what was asked and answered>

## Decision

<fill in what was decided and why>
""",
)
