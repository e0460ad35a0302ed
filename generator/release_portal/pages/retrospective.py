"""What a release taught: the retrospective, the actions that came of it, and what it changed in the process."""

from collections.abc import Iterable

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    yield page(
        assessment,
        release,
        path="retrospective/",
        label="Retrospective",
        template="retrospective.html",
        toc=(
            ("actions", "Action log"),
            ("retrospective", "Retrospective"),
            ("process-change", "Process change"),
        ),
        description=f"Retrospective, action log and process change of {release.version}.",
        meeting=part(assessment, release, "retrospective"),
        actions=part(assessment, release, "actions"),
        change=part(assessment, release, "process-change"),
    )


PAGE = ReleasePages(name="retrospective", order=100, build=build)
