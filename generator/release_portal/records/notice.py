"""A notification as it went out: to customers, a regulator, partners or the public.

Required where a change has material regulatory or customer impact. The text below `## Message` is a
copy of what was sent.
"""

from dataclasses import dataclass
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

Audience = Literal["customers", "regulator", "partners", "public"]
Channel = Literal["email", "letter", "portal", "status-page", "regulator-portal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notification; `recipients` is how many it is meant for; `public` ones may be published."""

    subject: str
    audience: Audience
    channel: Channel
    recipients: int
    tickets: tuple[str, ...]
    approved_by: str
    addressee: str = ""
    public: bool = False


RECORD = RecordType(
    name="notice",
    title="Notification",
    purpose="A copy of what was sent, to whom.",
    file="notices/*.md",
    shape=Notice,
    schema={
        "subject": field.text("Subject"),
        "audience": field.choice(Audience, "Audience"),
        "addressee": field.text("Addressee", "Such as the regulator's name.", optional=True),
        "channel": field.choice(Channel, "Channel"),
        "recipients": field.kind("whole number", "Recipients", "How many it is meant for."),
        "tickets": field.listing(
            field.kind("ticket", "Ticket"), "Changes", "Tickets that it is about.", least=1
        ),
        "approved_by": field.person("Approved by"),
        "public": field.yes_no("Public", "Whether the public portal may show it.", optional=True),
    },
    sections=("Message",),
    scaffold="""\
---
subject: <fill in the subject>
audience: <fill in customers, regulator, partners or public>
channel: <fill in email, letter, portal, status-page or regulator-portal>
recipients: <fill in a count>
tickets: [<fill in a ticket id>]
approved_by: <fill in a person's id>
---

## Message

<fill in the text as it goes out>
""",
)
