"""A deliverable is said not to apply, and the person named for that has not signed it.

## Why it matters
A statement under `not_applicable` in release.yaml takes a deliverable away: its records, its sign-offs, its gate. It is
text, and whoever edits the file can write anybody's name into it. So it counts when it is signed as a record is: by the
person whom it names, in a role that is entitled, and proved as well as this portal demands (`proof` in mkdocs.yml).
Until then the deliverable is missing.

Entitled is who holds a role that signs the deliverable. Where no role signs it, the compliance officer, the InfoSec
owner or the chair of the CAB.

## How to fix
Let the person whom `approved_by` names sign it by its number, and commit the file alone:

    release-portal sign 2.4.1 5.2 --as kavita.rao

The sign-off is over that one statement: number, person and reason. Moving `phase`, or another statement, does not
make it stale; another reason does. Where the deliverable does apply, take the statement out and deliver.

Releases that were closed before there was this rule are told of it, and it is not held against them.

## Controls
- SOC 2 CC8.1: changes are authorised and approved.
- 21 CFR 11.70 in spirit: a signature is bound to what is signed and to its signer.
- ISO 27001 A.5.3: conflicting duties are segregated.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import (
    PhaseProgress,
    Stage,
    accepting_roles,
    is_accepted,
    is_earlier,
    unwaivable,
    waiver_gap,
)
from release_portal.release import Release
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for the sign-off of each statement that may count."""
    for release in portal.releases:
        if release.facts and release.facts.not_applicable:
            for phase in portal.progress[release.version].phases:
                yield from _problems(portal, release, phase)


def _problems(portal: Portal, release: Release, phase: PhaseProgress) -> Problems:
    measure, stated = portal.measure(release), release.facts.not_applicable if release.facts else {}
    severity = Severity.ERROR if phase.stage is Stage.PASSED else Severity.WARNING
    if is_earlier(measure):
        severity = Severity.NOTICE
    for item in (one.deliverable for one in phase.deliverables if phase.stage is not Stage.AHEAD):
        if item.number not in stated or unwaivable(measure.process, release, item):
            continue
        if not is_accepted(measure, release, item):
            gap = waiver_gap(measure, release, item)
            message = f"deliverable {item.number} of {release.version}: {gap.message}"
            hint = f"{gap.person}: release-portal sign {release.version} {item.number} --as {gap.person}"
            if not gap.person:
                hint = f"let one of these accept and sign it: {', '.join(accepting_roles(measure.process, item))}"
            yield Problem(gap.location, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("release",), needs_roster=True)
