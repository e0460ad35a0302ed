"""A sign-off is proved less well than this portal demands.

## Why it matters
A name in a file is a claim. The portal's owners decided what stands behind a sign-off here: the roster,
the signer's own commit, or the signer's signature (`proof` in mkdocs.yml). Below that it does not
count, neither as an approval nor as a rejection.

Every file of a sign-off is judged, also one that the process does not ask for: it is read as somebody's word.

## How to fix
The finding says what is lacking. Mostly the file was committed, merged, moved or edited by somebody
else: let the signer remove it, and commit it again, alone, with a signed commit.

## Controls
SOC 2 CC8.1; 21 CFR 11.70 in spirit: a signature is bound to its record and its signer.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import GapKind, Stage, is_proved
from release_portal.release import CLOSED, Release, SignedRecord
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every sign-off whose proof is too weak."""
    told = set()
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.UNPROVED:
            told.add(gap.location.path)
            yield problem
    for release in portal.releases:
        for signed in release.signoffs:
            if signed.record.path not in told and not is_proved(portal.measure(release), signed):
                yield from _problems(portal, release, signed)


def _problems(portal: Portal, release: Release, signed: SignedRecord) -> Iterator[Problem]:
    """What is lacking; nothing where `unknown-signer` tells it."""
    value = signed.value
    if value is None or signed.record.name != value.by:
        return
    if portal.roster.holds(value.by, value.role, value.at.date()):
        who = f"{portal.roster.name(value.by)}'s sign-off on {signed.subject} ({value.decision})"
        message = f"{who} is not proved: {signed.attestation.signer.why}"
        hint = f"let {value.by} sign again, and commit the file alone, in a signed commit of their own"
        yield Problem(
            signed.record.source.locate("by"),
            message,
            hint,
            release.version,
            _severity(portal, release, signed),
        )


def _severity(portal: Portal, release: Release, signed: SignedRecord) -> Severity:
    """An error once the phase has passed that the signed record belongs to."""
    record = next(iter(release.subjects(signed.subject)), None)
    folder = release.relative(record).partition("/")[0] if record else ""
    passed = portal.progress[release.version].stage(folder) is Stage.PASSED
    return Severity.ERROR if passed or release.phase == CLOSED else Severity.WARNING


RULE = Rule(__name__, check, guards=("signoff",))
