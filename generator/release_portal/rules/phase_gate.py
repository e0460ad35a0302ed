"""A release is in a phase whose gate is not open, or in no phase of the process.

## Why it matters
`phase` in release.yaml is the gate: moving it forward says that everything before it is done. Where
something before it is missing, the release has moved on without it.

## How to fix
Complete the phase that the finding names, or set `phase` back to it. A closed release says when it was
closed (`closed_at`), a withdrawn one when, why and by whom (`withdrawn`).
"""

from release_portal.portal import Portal
from release_portal.progress import Stage
from release_portal.records.release import Release as Facts
from release_portal.release import CLOSED, WITHDRAWN
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import nearest


def check(portal: Portal) -> Problems:
    """Compare `phase` with the phases of the process, and with what is complete."""
    for release in portal.releases:
        record = release.one(Facts)
        if record is None or record.value is None:
            continue
        slugs = [phase.slug for phase in portal.process_of(release).phases]
        facts, at = record.value, record.source.locate("phase")
        if facts.phase not in {*slugs, CLOSED, WITHDRAWN}:
            hint = nearest(facts.phase, [*slugs, CLOSED, WITHDRAWN])
            yield Problem(at, f"'{facts.phase}' is no phase of the process", hint, release.version)
            continue
        if facts.phase == CLOSED and facts.closed_at is None:
            yield Problem(at, "a closed release says when it was closed", "add `closed_at`", release.version)
        if facts.phase == WITHDRAWN and facts.withdrawn is None:
            yield Problem(
                at, "a withdrawn release says when, why and by whom", "add `withdrawn`", release.version
            )
        for phase in portal.progress[release.version].phases:
            if phase.stage is Stage.PASSED and phase.open and facts.phase != WITHDRAWN:
                numbers = ", ".join(item.deliverable.number for item in phase.open)
                message = f"phase is '{facts.phase}', but phase {phase.phase.number} ({phase.phase.slug}) is not complete"
                yield Problem(at, message, f"open deliverables: {numbers}", release.version)


RULE = Rule(__name__, check, guards=("release",), needs_roster=True)
