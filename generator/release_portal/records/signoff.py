"""A sign-off: one person's decision on one record, in a file and a commit of its own.

It binds to the record's digest, so it goes stale when the record changes. Several records of one type
(checklists, runbooks) are signed together: the digest is that of their `sha256sum` listing.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

Decision = Literal["approve", "reject", "abstain"]
Meaning = Literal["authored", "reviewed", "approved", "witnessed"]
_SIGNATURE = re.compile(r"(?m)^signature:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signoff:
    """One sign-off; `digest` is that of the record it is about; `signature` is ASCII-armoured."""

    by: str
    role: str
    decision: Decision
    meaning: Meaning
    at: datetime
    digest: str
    signature: str = ""
    note: str = ""


def signed_text(version: str, subject: str, text: str) -> str:
    """What a signature in a sign-off's file is over: which record of which release, and all that stands above it.

    Empty where something stands below it: that would be signed by nobody.
    """
    plain = text.replace("\r\n", "\n")
    start = _SIGNATURE.search(plain)
    below = plain[start.end() :].split("\n")[1:] if start else ["no signature"]
    if start is None or any(line and not line.startswith(" ") for line in below):
        return ""
    return f"sign-off on {subject} of {version}\n{plain[: start.start()]}"


RECORD = RecordType(
    name="signoff",
    title="Sign-off",
    purpose="One person's decision on one record.",
    file="signoffs/*/*.yaml",
    home="release",
    shape=Signoff,
    schema={
        "by": field.person("By", "Who signs: the file's name."),
        "role": field.kind("name", "Role", "The role of the roster in which they sign."),
        "decision": field.choice(Decision, "Decision"),
        "meaning": field.choice(Meaning, "Meaning", "What the sign-off says: authored, reviewed, approved, witnessed."),
        "at": field.instant("At"),
        "digest": field.kind("SHA-256", "Digest", "Of the record signed: `release-portal digest VERSION RECORD`."),
        "signature": field.text("Signature", "Over all that stands above it, by `release-portal sign --key`.", optional=True),
        "note": field.text("Note", "Conditions or reasons.", optional=True),
    },
    scaffold="""\
by: <fill in a person's id>
role: <fill in a role>
decision: approve
meaning: approved
at: <fill in RFC 3339 with zone>
digest: <fill in what `release-portal digest {version} RECORD` prints>
""",
)  # fmt: skip
