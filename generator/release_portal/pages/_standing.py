"""What a release as a whole may be shown as: green only where git or a signature confirms its sign-offs."""

from release_portal.assess import Assessment
from release_portal.finding import Severity
from release_portal.progress import Basis, Progress
from release_portal.release import Release


def proved(progress: Progress) -> bool:
    """Whether a release needs sign-offs, and git or a signature confirms each of them."""
    return {one.basis for one in progress.phases if one.required} == {Basis.PROVED}


def closed(assessment: Assessment, release: Release) -> tuple[str, str]:
    """Status class and word of a release that is closed: the same on every page."""
    progress = assessment.portal.progress[release.version]
    errors = any(one.severity is Severity.ERROR for one in assessment.of(release.version))
    if errors or any(one.open for one in progress.phases):
        return "missing", "Closed, not complete"
    return "done" if proved(progress) else "claimed", "Closed"
