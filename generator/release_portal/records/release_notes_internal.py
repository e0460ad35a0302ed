"""Release notes for support, operations and audit: what the public notes do not say.

Known problems, what to watch, what an auditor should know. Never published outside.
"""

from dataclasses import dataclass

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class InternalNotes:
    """Internal notes of a release."""

    headline: str
    author: str
    distribution: tuple[str, ...]


RECORD = RecordType(
    name="release-notes-internal",
    title="Internal release notes",
    purpose="What support, operations and audit need to know.",
    file="release-notes-internal.md",
    shape=InternalNotes,
    schema={
        "headline": field.text("Headline"),
        "author": field.person("Author"),
        "distribution": field.listing(field.text("Group"), "Distribution", "Who gets them.", least=1),
    },
    sections=("What changed", "Known issues", "Audit notes"),
    scaffold="""\
---
headline: <fill in what is new>
author: <fill in a person's id>
distribution: [<fill in a group>]
---

## What changed

<fill in the changes with their tickets>

## Known issues

<fill in what is known to be wrong, or that nothing is>

## Audit notes

<fill in what an auditor should know>
""",
)
