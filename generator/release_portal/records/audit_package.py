"""The audit package: what is kept, where, until when, and the digest that proves it unchanged.

The digest covers every record of the phases before the one that this package belongs to. The health report and what
follows are archived with it, and are not in the digest. It is made when the monitoring window is over.
"""

from dataclasses import dataclass
from datetime import date, datetime

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPackage:
    """Retention of a release's evidence; `retain_until` is the last day on which it must exist."""

    created_at: datetime
    created_by: str
    digest: str
    location: str
    retain_until: date
    contents: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


RECORD = RecordType(
    name="audit-package",
    title="Audit package",
    purpose="What is kept for audit, where, until when.",
    file="audit-package.yaml",
    shape=AuditPackage,
    schema={
        "created_at": field.instant("Created at"),
        "created_by": field.person("Created by"),
        "digest": field.kind("SHA-256", "Digest", "Over the records of the phases before this one: `release-portal digest VERSION audit-package`."),
        "location": field.kind("link", "Location", "Where the archive is kept."),
        "retain_until": field.day("Retain until"),
        "contents": field.listing(field.text("Content"), "Contents", "Logs, event records, approvals, notices.", least=1),
        "evidence": evidence(),
    },
    scaffold="""\
created_at: <fill in RFC 3339 with zone>
created_by: <fill in a person's id>
digest: <fill in the content digest that `release-portal digest {version} audit-package` prints>
location: <fill in where the archive is kept>
retain_until: <fill in YYYY-MM-DD>
contents:
  - <fill in what the archive holds>
""",
)  # fmt: skip
