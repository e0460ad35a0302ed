"""The sign-offs that the process demands, and those that were given for them."""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.progress import SIGNED_SINCE, DeliverableProgress, PhaseProgress, State, accepting_roles
from release_portal.release import Release, SignedRecord
from release_portal.rules._runs import first_start


def demanded(
    portal: Portal, release: Release
) -> Iterator[tuple[PhaseProgress, str, str, tuple[SignedRecord, ...]]]:
    """Phase, subject, role and approving sign-offs of each demand, once, from the first phase on.

    Where a deliverable is said not to apply, that is what has to be signed: under its number, in one of some roles.
    Sign-offs whose signer did not hold the role are left out, as they count nowhere.
    """
    told: set[tuple[str, str]] = set()
    for phase in portal.progress[release.version].phases:
        for item in phase.deliverables:
            yield from _of_waiver(portal, release, phase, item)
            for subject in item.deliverable.subjects:
                for role in item.deliverable.binding.signed_by:
                    if (subject, role) in told or item.state is State.NOT_APPLICABLE:
                        continue
                    told.add((subject, role))
                    yield phase, subject, role, _approving(portal, release, subject, role)


def _of_waiver(
    portal: Portal, release: Release, phase: PhaseProgress, item: DeliverableProgress
) -> Iterator[tuple[PhaseProgress, str, str, tuple[SignedRecord, ...]]]:
    start = first_start(release)
    if not item.waived or (
        start and start.date() < SIGNED_SINCE
    ):  # nobody had to sign it before the deployment
        return
    for role in accepting_roles(portal.process_of(release), item.deliverable):
        if approving := _approving(portal, release, item.deliverable.number, role):
            yield phase, item.deliverable.number, role, approving


def _approving(portal: Portal, release: Release, subject: str, role: str) -> tuple[SignedRecord, ...]:
    return tuple(
        one
        for one in release.signoffs
        if one.subject == subject
        and one.value
        and (one.value.role, one.value.decision) == (role, "approve")
        and portal.roster.holds(one.value.by, role, one.value.at.date())
    )
