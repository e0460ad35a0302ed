"""How a release was built: who reviewed whose change, what the scanners found, which threats were weighed."""

from collections.abc import Iterable
from dataclasses import dataclass

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.records.changes import Changes
from release_portal.records.code_review import CodeReview, Review
from release_portal.release import Release

_SCANS = {
    "sast": "Static analysis",
    "dast": "Dynamic analysis",
    "dependencies": "Dependencies",
    "secrets": "Secrets",
    "container": "Container image",
    "infrastructure": "Infrastructure",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A change beside its review; `review` is None where nobody reviewed it, `title` empty where no change is known."""

    ticket: str
    title: str
    review: Review | None

    @property
    def own(self) -> bool:
        """Whether an author reviewed the change."""
        return self.review is not None and not set(self.review.authors).isdisjoint(self.review.reviewers)


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    reviews = part(assessment, release, "code-review")
    yield page(
        assessment,
        release,
        path="development/",
        label="Development",
        template="development.html",
        wide=True,
        toc=(("code-review", "Code review"), ("scans", "Security scans"), ("threat-model", "Threat models")),
        description=f"Code review, security scans and threat models of {release.version}.",
        reviews=reviews,
        rows=tuple(_rows(release, reviews.first)),
        scans=part(assessment, release, "scans"),
        scan_words=_SCANS,
        models=part(assessment, release, "threat-model"),
    )


def _rows(release: Release, reviews: CodeReview | None) -> Iterable[Row]:
    """Every change in the order of the change log, reviewed or not, then reviews of what it does not name."""
    changes = release.one(Changes)
    titles = {one.ticket: one.title for one in changes.value.changes} if changes and changes.value else {}
    given = {review.ticket: review for review in reviews.reviews} if reviews else {}
    for ticket in dict.fromkeys((*titles, *given)):
        yield Row(ticket, titles.get(ticket, ""), given.get(ticket))


PAGE = ReleasePages(name="development", order=40, build=build)
