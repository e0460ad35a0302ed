"""The go/no-go decision: who was there, what they looked at, and the decision with its time.

Compliance is present. The decision comes after the rollback rehearsal and before the deployment.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._attendance import ATTENDEES, Attendee
from release_portal.records._record import RecordType

GoDecision = Literal["go", "no-go"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoNoGo:
    """The decision on deploying a release; `held_at` is the instant at which it was taken."""

    held_at: datetime
    chair: str
    attendees: tuple[Attendee, ...]
    decision: GoDecision
    conditions: tuple[str, ...] = ()
    retroactive: bool = False


RECORD = RecordType(
    name="go-no-go",
    title="Go/no-go decision",
    purpose="Who decided on the deployment, when, and on what grounds.",
    file="go-no-go.md",
    shape=GoNoGo,
    schema={
        "held_at": field.instant("Held at"),
        "chair": field.person("Chair"),
        "attendees": ATTENDEES,
        "decision": field.choice(GoDecision, "Decision"),
        "conditions": field.listing(field.text("Condition"), "Conditions", optional=True),
        "retroactive": field.yes_no(
            "Retroactive", "For a hotfix decided on after its deployment.", optional=True
        ),
    },
    sections=("Evidence reviewed", "Decision"),
    scaffold="""\
---
held_at: <fill in RFC 3339 with zone>
chair: <fill in a person's id>
attendees:
  - person: <fill in a person's id>
    role: cab-chair
  - person: <fill in a person's id>
    role: compliance-officer
decision: <fill in go or no-go>
---

## Evidence reviewed

<fill in what the board looked at>

## Decision

<fill in the decision and its reasons>
""",
)
