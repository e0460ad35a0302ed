"""Sign-offs that came after the deployment which they should have preceded: a hotfix may have such, and they are told."""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.release import Release, SignedRecord
from release_portal.rules._runs import first_start


def late(portal: Portal, release: Release) -> tuple[SignedRecord, ...]:
    """Sign-offs on what belongs before the deployment, given after the first run in production began."""
    start, early = first_start(release), frozenset(_early(portal, release))
    if start is None:
        return ()
    return tuple(
        one for one in release.signoffs if one.subject in early and one.value and one.value.at > start
    )


def _early(portal: Portal, release: Release) -> Iterator[str]:
    """What is signed in the phases before that of the deployment: record types, and deliverables that do not apply."""
    home = portal.process_of(release).home("deployments")
    for phase in portal.progress[release.version].phases:
        for item in phase.deliverables if home and phase.phase.number < home.number else ():
            yield from (*item.deliverable.subjects, item.deliverable.number)
