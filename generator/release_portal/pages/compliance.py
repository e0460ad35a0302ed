"""What a release means for regulation: its risks, its checklists, and what it does not fulfil."""

from collections import Counter
from collections.abc import Iterable

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.records.checklist import Checklist
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    yield page(
        assessment,
        release,
        path="compliance/",
        label="Compliance",
        template="compliance.html",
        wide=True,
        toc=(
            ("risk-assessment", "Risk assessment"),
            ("checklist", "Compliance checklists"),
            ("exceptions", "Exceptions"),
        ),
        description=f"Risk assessment, compliance checklists and exceptions of {release.version}.",
        risks=part(assessment, release, "risk-assessment"),
        checklists=part(assessment, release, "checklist"),
        exceptions=part(assessment, release, "exceptions"),
        tally=_tally,
    )


def _tally(checklist: Checklist) -> str:
    """Count a checklist's answers: `11 met, 1 failed, 2 not applicable`."""
    counts = Counter[str](control.answer for control in checklist.controls)
    answers = (("met", "met"), ("failed", "failed"), ("not-applicable", "not applicable"))
    return ", ".join(f"{counts[answer]} {words}" for answer, words in answers if counts[answer])


PAGE = ReleasePages(name="compliance", order=30, build=build)
