"""All releases, newest first: how far each one is, phase by phase, and as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.assess import Assessment
from release_portal.finding import Severity
from release_portal.pages._page import Page, PortalPages
from release_portal.pages._portal_page import portal_page
from release_portal.pages._production import in_production
from release_portal.progress import PhaseProgress
from release_portal.release import CLOSED, WITHDRAWN, Release


@dataclass(frozen=True, slots=True)
class Row:
    """One release; `status` (a class) and `word` say how far it is, `errors` count what is wrong in it."""

    release: Release
    status: str
    word: str
    errors: int
    running: bool


def build(assessment: Assessment) -> Iterator[Page]:
    """Give the page."""
    portal = assessment.portal
    running = in_production(portal)
    yield portal_page(
        assessment,
        uri="releases/",
        title="Releases",
        label="All releases",
        template="releases.html",
        description="All releases, newest first, with the state of each phase.",
        releases=portal.releases,
        rows=[_row(assessment, one, running.release.version if running else "") for one in portal.releases],
    )


def _row(assessment: Assessment, release: Release, running: str) -> Row:
    phases = assessment.portal.progress[release.version].phases
    errors = sum(finding.severity is Severity.ERROR for finding in assessment.of(release.version))
    status, word = _status(release, phases, errors)
    return Row(release, status, word, errors, release.version == running)


def _status(release: Release, phases: tuple[PhaseProgress, ...], errors: int) -> tuple[str, str]:
    """Status class and words for a release as a whole; closed is green only where nothing is wrong."""
    if release.phase == WITHDRAWN:
        return "not-applicable", "Withdrawn"
    if release.phase == CLOSED:
        clean = not errors and not any(one.open for one in phases)
        return ("done", "Closed") if clean else ("missing", "Closed, not complete")
    current = next((one for one in phases if one.phase.slug == release.phase), None)
    if current is None:
        return "missing", "In no phase"
    return "progress", f"In phase {current.phase.number} of {len(phases)}"


PAGE = PortalPages(name="releases", order=10, build=build)
