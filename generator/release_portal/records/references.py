"""The reference slots of the process, filled for this release: tracker, policies, contacts.

Each slot of the process's References section has an entry under its name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from release_portal.records import _fields as field
from release_portal.records._record import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a reference is, and when somebody last looked whether it still holds."""

    title: str
    url: str
    checked_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class References:
    """A release's references by slot."""

    references: Mapping[str, Reference]


RECORD = RecordType(
    name="references",
    title="References",
    purpose="Tracker, templates, policies, results and contacts of this release.",
    file="references.yaml",
    home="release",
    shape=References,
    schema={
        "references": field.table(
            field.group(
                {
                    "title": field.text("Title"),
                    "url": field.kind("link", "Link"),
                    "checked_on": field.day("Checked on", "When somebody last opened it."),
                    "note": field.text("Note", optional=True),
                },
                "Reference",
            ),
            "References",
            "One entry for each slot of the process.",
        ),
    },
    scaffold="""\
references:
{slots}
""",
)
