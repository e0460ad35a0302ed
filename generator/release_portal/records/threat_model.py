"""A threat model for a high-risk change or a newly exposed component.

Threats are named by STRIDE category, each with its mitigation and state. An open threat keeps the
phase open.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

Stride = Literal[
    "spoofing",
    "tampering",
    "repudiation",
    "information-disclosure",
    "denial-of-service",
    "elevation-of-privilege",
]
ThreatState = Literal["mitigated", "accepted", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """One threat and what is done about it."""

    id: str
    category: Stride
    description: str
    mitigation: str
    state: ThreatState


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreatModel:
    """Threats to the components that the named changes touch."""

    title: str
    changes: tuple[str, ...]
    components: tuple[str, ...]
    author: str
    reviewed_by: str
    reviewed_at: datetime
    threats: tuple[Threat, ...]


RECORD = RecordType(
    name="threat-model",
    title="Threat model",
    purpose="Threats of a high-risk change or newly exposed component, and their mitigation.",
    file="threat-models/*.md",
    shape=ThreatModel,
    schema={
        "title": field.text("Title"),
        "changes": field.listing(
            field.kind("ticket", "Ticket"), "Changes", "Tickets that it covers.", least=1
        ),
        "components": field.listing(field.text("Component"), "Components", "What is modelled.", least=1),
        "author": field.person("Author"),
        "reviewed_by": field.person("Reviewed by", "Not the author."),
        "reviewed_at": field.instant("Reviewed at"),
        "threats": field.rows(
            {
                "id": field.kind("ticket", "Id", "Such as T-1."),
                "category": field.choice(Stride, "STRIDE category"),
                "description": field.text("Threat"),
                "mitigation": field.text("Mitigation"),
                "state": field.choice(ThreatState, "State"),
            },
            "Threats",
            "What could be done to the components, by whom.",
            least=1,
        ),
    },
    sections=("Scope", "Conclusion"),
    scaffold="""\
---
title: <fill in what is modelled>
changes: [<fill in a ticket id>]
components: [<fill in a component>]
author: <fill in a person's id>
reviewed_by: <fill in a person's id>
reviewed_at: <fill in RFC 3339 with zone>
threats:
  - id: T-1
    category: <fill in a STRIDE category>
    description: <fill in what could be done, by whom>
    mitigation: <fill in what stops it>
    state: <fill in mitigated, accepted or open>
---

## Scope

<fill in components, data and trust boundaries>

## Conclusion

<fill in whether the release may go on>
""",
)
