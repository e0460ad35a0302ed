"""The sign-offs that the process demands, and those that were given for them."""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.progress import PhaseProgress, State
from release_portal.release import Release, SignedRecord


def demanded(
    portal: Portal, release: Release
) -> Iterator[tuple[PhaseProgress, str, str, tuple[SignedRecord, ...]]]:
    """Phase, subject, role and approving sign-offs of each demand, once, from the first phase on.

    Sign-offs whose signer did not hold the role are left out, as they count nowhere.
    """
    told: set[tuple[str, str]] = set()
    for phase in portal.progress[release.version].phases:
        for item in phase.deliverables:
            for subject in item.deliverable.subjects:
                for role in item.deliverable.binding.signed_by:
                    if (subject, role) in told or item.state is State.NOT_APPLICABLE:
                        continue
                    told.add((subject, role))
                    yield phase, subject, role, _approving(portal, release, subject, role)


def _approving(portal: Portal, release: Release, subject: str, role: str) -> tuple[SignedRecord, ...]:
    return tuple(
        one
        for one in release.signoffs
        if one.subject == subject
        and one.value
        and (one.value.role, one.value.decision) == (role, "approve")
        and portal.roster.holds(one.value.by, role, one.value.at.date())
    )
