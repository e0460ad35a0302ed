"""A document: what the process demands and no other record type describes.

A deliverable without a binding comment in release-process.md is delivered as a document, under the
slug of its text.
"""

from dataclasses import dataclass
from datetime import date

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document with its author and day; the text stands below the front matter."""

    title: str
    author: str
    written_on: date
    evidence: tuple[Evidence, ...] = ()


RECORD = RecordType(
    name="document",
    title="Document",
    purpose="A deliverable that no other record type describes.",
    file="*.md",
    shape=Document,
    schema={
        "title": field.text("Title"),
        "author": field.person("Author"),
        "written_on": field.day("Written on"),
        "evidence": evidence(),
    },
    scaffold="""\
---
title: <fill in the title>
author: <fill in a person's id>
written_on: <fill in YYYY-MM-DD>
---

<fill in the text>
""",
)
