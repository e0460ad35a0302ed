"""The change log: every feature, fix and migration of the release, each with its own ticket.

This is the population from which an auditor samples. A commit in the tag's range that no entry names
is as wrong as an entry that no commit carries.
"""

from dataclasses import dataclass
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType
from release_portal.records._words import Impact, Level

ChangeKind = Literal["feature", "fix", "migration"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. `authors` are people in the roster; impacts are as assessed at planning."""

    ticket: str
    title: str
    kind: ChangeKind
    risk: Level
    authors: tuple[str, ...]
    regulatory_impact: Impact
    customer_impact: Impact
    security_impact: Impact
    newly_exposed: bool = False
    components: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All changes of a release."""

    changes: tuple[Change, ...]


RECORD = RecordType(
    name="changes",
    title="Change log",
    purpose="Every change of the release with ticket, kind, risk and impact.",
    file="changes.yaml",
    shape=Changes,
    schema={
        "changes": field.rows(
            {
                "ticket": field.kind("ticket", "Ticket", "The change's own ticket; no two changes share one."),
                "title": field.text("Title", "What changes, in one line."),
                "kind": field.choice(ChangeKind, "Kind"),
                "risk": field.choice(Level, "Risk"),
                "authors": field.listing(field.person("Author"), "Authors", "Who wrote it.", least=1),
                "regulatory_impact": field.choice(Impact, "Regulatory impact", "`material` calls for a notice."),
                "customer_impact": field.choice(Impact, "Customer impact", "`material` calls for a notice."),
                "security_impact": field.choice(Impact, "Security impact"),
                "newly_exposed": field.yes_no(
                    "Newly exposed", "Whether it opens a component to a new audience: asks for a threat model.",
                    optional=True,
                ),
                "components": field.listing(field.text("Component"), "Components", "What it touches.", optional=True),
                "note": field.text("Note", "What a reviewer should know.", optional=True),
            },
            "Changes",
            "All changes that this release brings to production.",
            least=1,
        ),
    },
    scaffold="""\
changes:
  - ticket: <fill in a ticket id>
    title: <fill in what changes>
    kind: <fill in feature, fix or migration>
    risk: <fill in low, medium or high>
    authors: [<fill in a person's id>]
    regulatory_impact: <fill in none, minor or material>
    customer_impact: <fill in none, minor or material>
    security_impact: <fill in none, minor or material>
""",
)  # fmt: skip
