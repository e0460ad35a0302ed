"""Exceptions and accepted risks: what the release does not fulfil, who accepted that, until when.

An exception expires. From 30 days before, it warns; afterwards it is an error of the release that owns
it, and of no other.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

ExceptionKind = Literal["patch", "upgrade", "vulnerability", "control", "process"]
ExceptionState = Literal["accepted", "rejected", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedException:
    """One exception; `covers` names controls, scan results or tickets; `expires` is its last good day."""

    id: str
    kind: ExceptionKind
    title: str
    reason: str
    covers: tuple[str, ...]
    measures: str
    owner: str
    approved_by: str
    approved_at: datetime
    expires: date
    state: ExceptionState
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exceptions:
    """All exceptions that a release owns."""

    exceptions: tuple[AcceptedException, ...]


RECORD = RecordType(
    name="exceptions",
    title="Exceptions",
    purpose="What is not fulfilled, who accepted it, until when.",
    file="exceptions.yaml",
    shape=Exceptions,
    schema={
        "exceptions": field.rows(
            {
                "id": field.kind("ticket", "Id", "Such as EX-12; unique across releases."),
                "kind": field.choice(ExceptionKind, "Kind"),
                "title": field.text("Title"),
                "reason": field.text("Reason", "Why it cannot be fulfilled now."),
                "covers": field.listing(
                    field.text("Covers"),
                    "Covers",
                    "Control ids, scan results or tickets that it excuses.",
                    least=1,
                ),
                "measures": field.text("Compensating measures", "What limits the risk meanwhile."),
                "owner": field.person("Owner"),
                "approved_by": field.person("Approved by", "Not the owner."),
                "approved_at": field.instant("Approved at"),
                "expires": field.day("Expires", "The last day on which it holds."),
                "state": field.choice(ExceptionState, "State"),
                "evidence": evidence(),
            },
            "Exceptions",
            "Patch and upgrade exceptions, accepted risks.",
            least=1,
        ),
    },
    scaffold="""\
exceptions:
  - id: <fill in an id such as EX-1>
    kind: <fill in patch, upgrade, vulnerability, control or process>
    title: <fill in what is excepted>
    reason: <fill in why it cannot be fulfilled now>
    covers: [<fill in a control, result or ticket>]
    measures: <fill in what limits the risk meanwhile>
    owner: <fill in a person's id>
    approved_by: <fill in a person's id>
    approved_at: <fill in RFC 3339 with zone>
    expires: <fill in YYYY-MM-DD>
    state: accepted
""",
)
