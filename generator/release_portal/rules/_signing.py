"""What the sign-off rules share: gaps of signing, told once each."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import Gap, GapKind, PhaseProgress, Stage
from release_portal.release import Release
from release_portal.rules._rule import Problem

_KINDS = {GapKind.SIGN_OFF, GapKind.UNPROVED, GapKind.STALE, GapKind.REJECTED}


def signing_problems(portal: Portal) -> Iterator[tuple[Gap, Problem]]:
    """Every gap of signing in phases that are over or under way, with the problem to report."""
    for release in portal.releases:
        for phase in portal.progress[release.version].phases:
            if phase.stage is Stage.AHEAD:
                continue
            severity = Severity.ERROR if phase.stage is Stage.PASSED else Severity.WARNING
            for item in phase.deliverables:
                for gap in item.gaps:
                    if gap.kind in _KINDS:
                        message = f"deliverable {item.deliverable.number} of {release.version}: {gap.message}"
                        yield (
                            gap,
                            Problem(
                                gap.location,
                                message,
                                _hint(portal, release, phase, gap),
                                release.version,
                                severity,
                            ),
                        )


def _hint(portal: Portal, release: Release, phase: PhaseProgress, gap: Gap) -> str:
    if gap.kind is GapKind.UNPROVED:
        return "let the signer commit the file alone, in a signed commit of their own"
    if gap.kind is GapKind.STALE and phase.stage is Stage.PASSED:
        # Signed again now it would have been signed after the gate.
        return f"take the edit of {gap.subject} back; or set `phase: {phase.phase.slug}` again, and have it signed"
    if gap.kind is GapKind.REJECTED:
        who = PurePosixPath(gap.location.path).stem
        return f"settle what the note names; then {who} signs again: {_command(release, gap, who)}"
    people = [person.id for person in portal.roster.holders(gap.role, portal.clock.today())]
    if not people:
        return f"nobody in the roster holds the role '{gap.role}'"
    more = f" (or {', '.join(people[1:])})" if people[1:] else ""
    return f"{people[0]}{more}: {_command(release, gap, people[0])}"


def _command(release: Release, gap: Gap, person: str) -> str:
    return f"release-portal sign {release.version} {gap.subject} --as {person}"
