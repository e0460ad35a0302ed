"""The retrospective: what went well, what did not, and what it means for compliance and security.

What is to be done about it stands in the action log, with owner, due day and ticket.
"""

from dataclasses import dataclass
from datetime import datetime

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrospective:
    """A retrospective meeting."""

    held_at: datetime
    facilitator: str
    attendees: tuple[str, ...]


RECORD = RecordType(
    name="retrospective",
    title="Retrospective",
    purpose="What went well, what did not, what it means for compliance and security.",
    file="retrospective.md",
    shape=Retrospective,
    schema={
        "held_at": field.instant("Held at"),
        "facilitator": field.person("Facilitator"),
        "attendees": field.listing(field.person("Person"), "Attendees", least=2),
    },
    sections=("What went well", "What went wrong", "Compliance", "Security"),
    scaffold="""\
---
held_at: <fill in RFC 3339 with zone>
facilitator: <fill in a person's id>
attendees: [<fill in a person's id>, <fill in a person's id>]
---

## What went well

<fill in what to keep>

## What went wrong

<fill in what to change>

## Compliance

<fill in what it means for compliance>

## Security

<fill in what it means for security>
""",
)
