"""The seal of a closed release: what its folder held, what it was judged by, and the seal before it.

`release-portal seal VERSION` writes it. `files` is what `sha256sum` prints for every record, sign-off and evidence
file, and `digest` is the SHA-256 of that listing, so both can be repeated without this tool. A seal names the one
that was set before it: whoever takes a sealed release away, or changes it, breaks the chain.
"""

from dataclasses import dataclass
from datetime import datetime

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedProcess:
    """The process that the release was judged by; `digest` is that of the document."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTag:
    """A tag as it stood; `object` is the id of the tag itself, empty where its repository was not at hand."""

    repository: str
    name: str
    commit: str
    object: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The seal that was set before this one: its release, and the digest of its file."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One seal. `roster` is the digest of what the roster said of the people whom the release names.

    `signature` is ASCII-armoured; `commit` is the portal's own when the release was sealed.
    """

    sealed_at: datetime
    sealed_by: str
    process: SealedProcess
    roster: str
    digest: str
    files: str
    commit: str = ""
    tags: tuple[SealedTag, ...] = ()
    previous: Link | None = None
    signature: str = ""


RECORD = RecordType(
    name="seal",
    title="Seal",
    purpose="What a closed release held when it was sealed.",
    file="seal.yaml",
    home="release",
    shape=Seal,
    schema={
        "sealed_at": field.instant("Sealed at"),
        "sealed_by": field.person("Sealed by"),
        "commit": field.kind("commit", "Portal's commit", "HEAD of the portal when it was sealed.", optional=True),
        "process": field.group(
            {
                "version": field.kind("process version", "Version"),
                "digest": field.kind("SHA-256", "Document's digest", "Of release-process.md as it governed the release."),
            },
            "Process",
            "What the release was judged by.",
        ),
        "roster": field.kind("SHA-256", "Roster", "Over what the roster says, up to this day, of everyone whom the records name."),
        "tags": field.rows(
            {
                "repository": field.kind("name", "Repository"),
                "name": field.text("Tag"),
                "commit": field.kind("commit", "Tagged commit", "What the tag points at."),
                "object": field.kind("commit", "Tag object", "Id of the annotated tag: `git rev-parse TAG`.", optional=True),
            },
            "Tags",
            optional=True,
        ),
        "previous": field.group(
            {
                "version": field.kind("version", "Release"),
                "digest": field.kind("SHA-256", "Its digest", "Of its seal.yaml: `sha256sum`."),
            },
            "Previous seal",
            "The seal that was set before this one; left out of the first.",
            optional=True,
        ),
        "digest": field.kind("SHA-256", "Content digest", "SHA-256 of the listing in `files`."),
        "files": field.text("Files", "What `sha256sum` prints for every other file of the release."),
        "signature": field.text("Signature", "Over all that stands above it, by `release-portal seal --key`.", optional=True),
    },
    scaffold="""\
sealed_at: <fill in RFC 3339 with zone>
sealed_by: <fill in a person's id>
process:
  version: "{process}"
  digest: <fill in the digest of release-process.md>
roster: <fill in what `release-portal seal {version}` writes>
digest: <fill in what `release-portal seal {version}` writes>
files: <fill in what `release-portal seal {version}` writes>
""",
)  # fmt: skip
