"""The signed-off package: one digest over the records on which the go/no-go decision rests.

The digest covers every record of the phases before deployment but this one. A record that changes
after the package was assembled changes the digest, and the package no longer holds.
"""

from dataclasses import dataclass
from datetime import datetime

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Artefact:
    """Something that will be deployed; `sha256` is 64 hexadecimal digits."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePackage:
    """Package of a release; `digest` is over the records of its phases up to approval."""

    assembled_at: datetime
    assembled_by: str
    digest: str
    artefacts: tuple[Artefact, ...]
    statement: str


RECORD = RecordType(
    name="release-package",
    title="Release package",
    purpose="One digest over everything the go/no-go decision rests on.",
    file="release-package.yaml",
    shape=ReleasePackage,
    schema={
        "assembled_at": field.instant("Assembled at"),
        "assembled_by": field.person("Assembled by"),
        "digest": field.kind("SHA-256", "Digest", "Over the records of the phases before this one: `release-portal digest VERSION release-package`."),
        "artefacts": field.rows(
            {"name": field.text("Artefact"), "sha256": field.kind("SHA-256", "SHA-256")},
            "Artefacts",
            "What will be deployed.",
            least=1,
        ),
        "statement": field.text("Statement", "That all sign-offs were looked at, and what is still open."),
    },
    scaffold="""\
assembled_at: <fill in RFC 3339 with zone>
assembled_by: <fill in a person's id>
digest: <fill in the content digest that `release-portal digest {version} release-package` prints>
artefacts:
  - name: <fill in the artefact>
    sha256: <fill in its digest>
statement: <fill in that all sign-offs were looked at, and what is open>
""",
)  # fmt: skip
