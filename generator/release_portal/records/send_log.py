"""When each notification went out, to whom, through which channel, with proof of delivery."""

from dataclasses import dataclass
from datetime import datetime

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType
from release_portal.records.notice import Audience, Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One sending of a notice; `notice` is the name of its file in notices/."""

    notice: str
    sent_at: datetime
    sent_by: str
    audience: Audience
    channel: Channel
    recipients: int
    delivered: int
    evidence: tuple[Evidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendLog:
    """All sendings of a release."""

    sendings: tuple[Sending, ...]


RECORD = RecordType(
    name="send-log",
    title="Send log",
    purpose="When each notification went out, to whom, with proof of delivery.",
    file="send-log.yaml",
    shape=SendLog,
    schema={
        "sendings": field.rows(
            {
                "notice": field.kind("name", "Notice", "Name of a file in notices/, without `.md`."),
                "sent_at": field.instant("Sent at"),
                "sent_by": field.person("Sent by"),
                "audience": field.choice(Audience, "Audience"),
                "channel": field.choice(Channel, "Channel"),
                "recipients": field.kind("whole number", "Recipients"),
                "delivered": field.kind("whole number", "Delivered"),
                "note": field.text("Note", optional=True),
                "evidence": evidence("Proof of delivery.", least=1),
            },
            "Sendings",
            "One for each time a notice went out.",
            least=1,
        ),
    },
    scaffold="""\
sendings:
  - notice: <fill in the name of a file in notices/>
    sent_at: <fill in RFC 3339 with zone>
    sent_by: <fill in a person's id>
    audience: <fill in the notice's audience>
    channel: <fill in the notice's channel>
    recipients: <fill in a count>
    delivered: <fill in a count>
    evidence:
      - path: <fill in evidence/FILE>
        sha256: <fill in its digest>
        describes: <fill in what proves the delivery>
""",
)
