"""Every change of every release, with who wrote and who reviewed it: the population that auditors sample."""

from collections.abc import Iterator, Mapping

from release_portal.assess import Assessment
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.records.changes import Change, Changes
from release_portal.records.code_review import CodeReview, Review
from release_portal.release import Release
from release_portal.roster import Roster


def rows(assessment: Assessment) -> Iterator[Row]:
    """As the change logs list them, newest release first."""
    for release, record in assessment.portal.all(Changes):
        reviews = _reviews(release)
        for change in record.value.changes if record.value else ():
            yield _row(assessment.portal.roster, release, change, reviews)


def _reviews(release: Release) -> Mapping[str, Review]:
    """Approving reviews by ticket."""
    values = (record.value for record in release.all(CodeReview))
    return {
        one.ticket: one for value in values if value for one in value.reviews if one.outcome == "approved"
    }


def _row(roster: Roster, release: Release, change: Change, reviews: Mapping[str, Review]) -> Row:
    review = reviews.get(change.ticket)
    return Row(
        id=row_id(release.version, change.ticket),
        cells={
            "ticket": cell.mono(change.ticket, href=cell.spot(release, "changes", change.ticket)),
            "change": cell.text(change.title),
            "components": cell.text(", ".join(change.components)),
            "kind": cell.tag(change.kind),
            "risk": cell.level(change.risk),
            "regulatory": cell.level(change.regulatory_impact),
            "customer": cell.level(change.customer_impact),
            "security": cell.level(change.security_impact),
            "authors": cell.several(cell.person(roster, one) for one in change.authors),
            "reviewers": cell.several(cell.person(roster, one) for one in review.reviewers)
            if review
            else cell.text("No approval recorded"),
            "approved_at": cell.time(review.approved_at if review else None),
            "commit": cell.sha(review.commit if review else ""),
            "release": cell.release_of(release),
        },
    )


REGISTER = Register(
    name="changes",
    title="Changes",
    noun="change",
    lead="Every feature, fix and migration with its risk, its impact, who wrote it and who approved the code.",
    empty="No change log names one.",
    order=80,
    reads=("changes", "code-review"),
    rows=rows,
    tally="kind",
    groups=("release", "kind", "risk", "authors"),
    columns=(
        Column(key="ticket", title="Ticket", style="rp-nowrap"),
        Column(key="change", title="Change"),
        Column(key="components", title="Components", below="change"),
        Column(key="kind", title="Kind", below="ticket", facet=True),
        Column(key="risk", title="Risk", newest=True, facet=True),
        Column(key="regulatory", title="Regulatory", newest=True, facet=True),
        Column(key="customer", title="Customer", newest=True, facet=True),
        Column(key="security", title="Security", newest=True),
        Column(key="authors", title="Authors", facet=True, style="rp-nowrap"),
        Column(key="reviewers", title="Reviewers", facet=True, style="rp-nowrap"),
        Column(key="approved_at", title="Approved at", hidden=True),
        Column(key="commit", title="Commit reviewed", hidden=True),
        Column(key="release", title="Release", facet=True, newest=True, style="rp-nowrap"),
    ),
)
