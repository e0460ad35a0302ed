"""How a release was tested: suites with their counts, who had access to what, the way back tried out."""

from collections.abc import Iterable

from release_portal.assess import Assessment
from release_portal.pages._frame import page
from release_portal.pages._page import Page, ReleasePages
from release_portal.pages._part import part
from release_portal.records.access_log import Duties
from release_portal.release import Release


def build(assessment: Assessment, release: Release) -> Iterable[Page]:
    """Give the page."""
    yield page(
        assessment,
        release,
        path="testing/",
        label="Testing",
        template="testing.html",
        wide=True,
        toc=(
            ("test-summary", "Test summary"),
            ("access-log", "Access and duties"),
            ("rollback-rehearsal", "Rollback rehearsal"),
        ),
        description=f"Test results, segregation of duties and rollback rehearsal of {release.version}.",
        tests=part(assessment, release, "test-summary"),
        access=part(assessment, release, "access-log"),
        rehearsal=part(assessment, release, "rollback-rehearsal"),
        shared=_shared,
    )


def _shared(duties: Duties) -> tuple[str, ...]:
    """People who hold two of the three duties."""
    lists = (duties.authors, duties.approvers, duties.deployers)
    everyone = [person for people in lists for person in dict.fromkeys(people)]
    return tuple(person for person in dict.fromkeys(everyone) if everyone.count(person) > 1)


PAGE = ReleasePages(name="testing", order=50, build=build)
