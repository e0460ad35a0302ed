"""Who had access to what, and that nobody approved or deployed their own work.

The duties list says who wrote, who approved and who deployed; the access entries say who could reach
production, from when to when, and who granted it.
"""

from dataclasses import dataclass
from datetime import datetime

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Who did what in this release: people in the roster."""

    authors: tuple[str, ...]
    approvers: tuple[str, ...]
    deployers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One grant of access; `revoked_at` is None while it holds."""

    person: str
    system: str
    permission: str
    granted_by: str
    granted_at: datetime
    reason: str
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLog:
    """Duties and access of a release."""

    duties: Duties
    access: tuple[Access, ...]
    logging: str
    evidence: tuple[Evidence, ...]


_PEOPLE = field.person("Person")

RECORD = RecordType(
    name="access-log",
    title="Access and deployment log",
    purpose="Who could do what, and that duties were kept apart.",
    file="access-log.yaml",
    shape=AccessLog,
    schema={
        "duties": field.group(
            {
                "authors": field.listing(_PEOPLE, "Authors", "Who wrote the changes.", least=1),
                "approvers": field.listing(_PEOPLE, "Approvers", "Who approves the deployment.", least=1),
                "deployers": field.listing(_PEOPLE, "Deployers", "Who may deploy.", least=1),
            },
            "Duties",
            "The three lists share nobody.",
        ),
        "access": field.rows(
            {
                "person": _PEOPLE,
                "system": field.text("System"),
                "permission": field.text("Permission"),
                "granted_by": field.person("Granted by"),
                "granted_at": field.instant("Granted at"),
                "revoked_at": field.instant("Revoked at", optional=True),
                "reason": field.text("Reason"),
            },
            "Access",
            "Access to production and to the release pipeline.",
            least=1,
        ),
        "logging": field.text("Audit logging", "How it was checked that production logs what it must."),
        "evidence": evidence("Exports of the access and pipeline logs.", least=1),
    },
    scaffold="""\
duties:
  authors: [<fill in a person's id>]
  approvers: [<fill in a person's id>]
  deployers: [<fill in a person's id>]
access:
  - person: <fill in a person's id>
    system: <fill in a system>
    permission: <fill in what it allows>
    granted_by: <fill in a person's id>
    granted_at: <fill in RFC 3339 with zone>
    reason: <fill in why it was needed>
logging: <fill in how audit logging was checked>
evidence:
  - path: <fill in evidence/FILE>
    sha256: <fill in its digest>
    describes: <fill in what the export shows>
""",
)
