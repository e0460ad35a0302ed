"""Release notes for the public: what changed, and every disclosure that customers are owed.

Written as an article. Nothing internal stands here: this text goes to the public portal as it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType

DisclosureKind = Literal["security", "privacy", "availability", "pricing", "regulatory", "data"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Something that customers must be told; `tickets` are the changes it comes from."""

    kind: DisclosureKind
    statement: str
    tickets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNotes:
    """Public notes; `published_at` is None until they are out."""

    headline: str
    author: str
    published_at: datetime | None = None
    disclosures: tuple[Disclosure, ...] = ()


RECORD = RecordType(
    name="release-notes",
    title="Release notes",
    purpose="What changed, told to the public, disclosures first.",
    file="release-notes.md",
    shape=ReleaseNotes,
    schema={
        "headline": field.text("Headline", "One sentence that says what is new."),
        "author": field.person("Author"),
        "published_at": field.instant("Published at", optional=True),
        "disclosures": field.rows(
            {
                "kind": field.choice(DisclosureKind, "Kind"),
                "statement": field.text("Statement", "What customers must know, in their words."),
                "tickets": field.listing(field.kind("ticket", "Ticket"), "Tickets", optional=True),
            },
            "Disclosures",
            "Required for every change with customer impact.",
            optional=True,
        ),
    },
    sections=("What changed",),
    scaffold="""\
---
headline: <fill in what is new>
author: <fill in a person's id>
---

## What changed

<fill in what customers notice>
""",
)
