"""A phase that is over, or under way, lacks the record of a deliverable.

## Why it matters
A phase is complete when all its deliverables are there. A release that moves on without one has
skipped a step of the process, and an auditor who samples it finds the hole.

## How to fix
Write the record: `release-portal new VERSION` puts every missing one in its place, ready to fill. If
the deliverable does not apply, say so in release.yaml, with a reason and the person who accepted it:

    not_applicable:
      "5.2": {reason: No user-visible change, approved_by: kavita.rao}

and have that signed: `release-portal sign VERSION 5.2 --as kavita.rao` (`unproved-waiver`).
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import GapKind, Stage
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Report every record that is missing, once, at the deliverable that names it first."""
    for release in portal.releases:
        told: set[str] = set()
        for phase in portal.progress[release.version].phases:
            if phase.stage is Stage.AHEAD:
                continue
            for item in phase.deliverables:
                missing = [gap for gap in item.gaps if gap.kind is GapKind.RECORD]
                new = [gap for gap in missing if gap.subject not in told]
                told.update(gap.subject for gap in missing)
                if not new:
                    continue
                names = ", ".join(gap.subject for gap in new)
                number, text = item.deliverable.number, item.deliverable.text
                yield Problem(
                    release.location,
                    f"deliverable {number} '{text}' of {release.version} is missing: {names}",
                    f"write it in {new[0].location.path}/, or run `release-portal new {release.version}`",
                    release.version,
                    Severity.ERROR if phase.stage is Stage.PASSED else Severity.WARNING,
                )


RULE = Rule(__name__, check)
