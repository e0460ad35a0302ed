"""A runbook, made for reading at three in the morning.

It says when to use it, whom to call, what to do step by step, and how to go back. Put commands into
code blocks of their own, so that they can be copied.
"""

from dataclasses import dataclass
from datetime import date

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom to call, and how."""

    name: str
    reach: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Runbook:
    """One runbook as it stands for this release."""

    title: str
    service: str
    trigger: str
    owner: str
    tested_on: date
    contacts: tuple[Contact, ...]


RECORD = RecordType(
    name="runbook",
    title="Runbook",
    purpose="When, whom to call, what to do, how to go back.",
    file="runbooks/*.md",
    shape=Runbook,
    schema={
        "title": field.text("Title"),
        "service": field.text("Service"),
        "trigger": field.text("Trigger", "The alert or symptom that brings someone here."),
        "owner": field.person("Owner"),
        "tested_on": field.day("Tested on", "When somebody last walked through it."),
        "contacts": field.rows(
            {
                "name": field.text("Who", "A team or role, such as 'Payments on-call'."),
                "reach": field.text("How to reach them", "Such as 'pager: payments-primary'."),
            },
            "Contacts",
            "In the order in which to call.",
            least=1,
        ),
    },
    sections=("Steps", "Rollback"),
    scaffold="""\
---
title: <fill in what it is for>
service: <fill in the service>
trigger: <fill in the alert or symptom>
owner: <fill in a person's id>
tested_on: <fill in YYYY-MM-DD>
contacts:
  - name: <fill in a team or role>
    reach: <fill in how to reach them>
---

## Steps

1. <fill in the first step>

## Rollback

1. <fill in the way back>
""",
)
