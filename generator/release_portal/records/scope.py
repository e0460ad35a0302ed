"""What the release is for, what is in it, what is not, and within which limits.

The board decides on this text, and everything later is measured against it. Name the service levels
that hold during and after the release, and the regulatory boundaries that it must not cross.
"""

from dataclasses import dataclass
from datetime import date

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """A service level and the value it must keep."""

    name: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """What a framework or regulator forbids or demands of this release."""

    framework: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Scope of a release; objectives and limits stand in the sections of its text."""

    author: str
    target_date: date
    slas: tuple[ServiceLevel, ...]
    boundaries: tuple[Boundary, ...]


RECORD = RecordType(
    name="scope",
    title="Release scope",
    purpose="Objectives, what is in and out of scope, service levels, regulatory boundaries.",
    file="scope.md",
    shape=Scope,
    schema={
        "author": field.person("Author"),
        "target_date": field.day("Target date", "The day that the board approved."),
        "slas": field.rows(
            {
                "name": field.text("Service level", "Such as 'Payment API availability'."),
                "target": field.text("Target", "Value and span, such as '99.95 % a month'."),
            },
            "Service levels",
            "Service levels that must hold during and after the release.",
            least=1,
        ),
        "boundaries": field.rows(
            {
                "framework": field.kind("name", "Framework", "Such as pci-dss, gdpr, rbi."),
                "statement": field.text("Boundary", "What must not happen, or must be kept."),
            },
            "Regulatory boundaries",
            "Limits that regulation sets to this release.",
            least=1,
        ),
    },
    sections=("Objectives", "In scope", "Out of scope"),
    scaffold="""\
---
author: <fill in a person's id>
target_date: <fill in YYYY-MM-DD>
slas:
  - name: <fill in a service level>
    target: <fill in its value and span>
boundaries:
  - framework: <fill in a framework>
    statement: <fill in what must not happen, or must be kept>
---

## Objectives

<fill in what is better for whom once this release runs>

## In scope

<fill in what is changed>

## Out of scope

<fill in what a reader might expect here and will not find>
""",
)
