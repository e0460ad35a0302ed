"""User and support documentation that the release updated: link, version and owner of each.

User guide, security and compliance documents, API reference, support articles.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

DocumentKind = Literal["user-guide", "security", "compliance", "api-reference", "support", "training"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedDocument:
    """One document as it stands for this release; `public` ones are linked from the public portal."""

    kind: DocumentKind
    title: str
    url: str
    version: str
    owner: str
    updated_on: date
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Documentation:
    """All documents that a release updated."""

    documents: tuple[UpdatedDocument, ...]


RECORD = RecordType(
    name="documentation",
    title="Documentation",
    purpose="Guides, references and support articles as they stand for this release.",
    file="documentation.yaml",
    shape=Documentation,
    schema={
        "documents": field.rows(
            {
                "kind": field.choice(DocumentKind, "Kind"),
                "title": field.text("Title"),
                "url": field.kind("link", "Link"),
                "version": field.text("Version of the document"),
                "owner": field.person("Owner"),
                "updated_on": field.day("Updated on"),
                "public": field.yes_no("Public", "Whether the public portal may link it.", optional=True),
            },
            "Documents",
            "User guide, security and compliance documents, API reference, support.",
            least=1,
        ),
    },
    scaffold="""\
documents:
  - kind: user-guide
    title: <fill in its title>
    url: <fill in its link>
    version: <fill in its version>
    owner: <fill in a person's id>
    updated_on: <fill in YYYY-MM-DD>
""",
)
