"""A sign-off that the process demands is by the person who wrote the record.

## Why it matters
Where the process names a role that has to sign a record, it asks for a second person: the information security
owner signs what somebody else assessed, communications sign notes that somebody else wrote. A signature under
one's own work, whatever meaning it states, adds nobody. The author is who the record names as `author`,
`assessor`, or in `completed_by`, `assembled_by`, `created_by` or `performed_by`. Authors may sign besides, as
`meaning: authored`, in a role that the process does not ask for.

## How to fix
Have the record signed by somebody else who holds the role. If nobody else does, the record is written by somebody
else.

## Controls
- SOC 2 CC8.1: changes are approved by somebody else than the person who made them.
- ISO 27001 A.8.32: who asks for a change does not authorise it.
- 21 CFR 11.50: a signature states whether it is of review, approval or authorship.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import PhaseProgress, Stage
from release_portal.release import Release, SignedRecord
from release_portal.rules._demands import demanded
from release_portal.rules._people import among
from release_portal.rules._rule import Problem, Problems, Rule

_AUTHOR = ("author", "assessor", "completed_by", "assembled_by", "created_by", "performed_by")


def check(portal: Portal) -> Problems:
    """Compare who signed in each demanded role with who wrote the record."""
    for release in portal.releases:
        for phase, subject, role, approving in demanded(portal, release):
            authors = _authors(release, subject)
            own = [one for one in approving if one.value and among(portal.roster, one.value.by, authors)]
            if phase.stage is not Stage.AHEAD and len(own) == len(approving):
                yield from _problems(portal, release, phase, role, own)


def _authors(release: Release, subject: str) -> list[str]:
    named = (record.source.value(key) for record in release.subjects(subject) for key in _AUTHOR)
    return [one for one in named if isinstance(one, str)]


def _problems(
    portal: Portal, release: Release, phase: PhaseProgress, role: str, own: list[SignedRecord]
) -> Iterator[Problem]:
    severity = Severity.ERROR if phase.stage is Stage.PASSED else Severity.WARNING
    title = portal.process_of(release).roles.get(role, role)
    for signed in own:
        name = portal.roster.name(signed.value.by if signed.value else "")
        message = f"{name} wrote {signed.subject} and signs it as {title}"
        hint = "the process asks for the sign-off of somebody who did not write it"
        yield Problem(signed.record.source.locate("by"), message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("signoff",))
