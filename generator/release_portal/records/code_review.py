"""Independent review of every change: who wrote it, who reviewed it, which commit was approved.

The reviewer is never the author, and the approval counts for the commit that it names only.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType

ReviewOutcome = Literal["approved", "changes-requested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One change's review; `commit` is the last commit that the reviewers saw."""

    ticket: str
    url: str
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    approved_at: datetime
    commit: str
    outcome: ReviewOutcome
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeReview:
    """All reviews of a release."""

    guidelines: str
    reviews: tuple[Review, ...]
    evidence: tuple[Evidence, ...] = ()


RECORD = RecordType(
    name="code-review",
    title="Code review",
    purpose="Independent review of every change, down to the commit approved.",
    file="code-review.yaml",
    shape=CodeReview,
    schema={
        "guidelines": field.text(
            "Guidelines", "The secure coding guideline that reviewers used, with version."
        ),
        "reviews": field.rows(
            {
                "ticket": field.kind("ticket", "Ticket"),
                "url": field.kind("link", "Review", "Link to the review."),
                "authors": field.listing(
                    field.person("Author"), "Authors", "Everyone who wrote part of it.", least=1
                ),
                "reviewers": field.listing(
                    field.person("Reviewer"), "Reviewers", "Not one of the authors.", least=1
                ),
                "approved_at": field.instant("Approved at"),
                "commit": field.kind("commit", "Commit", "The last commit reviewed."),
                "outcome": field.choice(ReviewOutcome, "Outcome"),
                "note": field.text("Note", optional=True),
            },
            "Reviews",
            "One for each change of the change log.",
            least=1,
        ),
        "evidence": evidence(),
    },
    scaffold="""\
guidelines: <fill in the guideline with its version>
reviews:
  - ticket: <fill in a ticket id>
    url: <fill in the link to the review>
    authors: [<fill in a person's id>]
    reviewers: [<fill in a person's id>]
    approved_at: <fill in RFC 3339 with zone>
    commit: <fill in the full object id>
    outcome: approved
""",
)
