"""A record changed after it was signed off.

## Why it matters
A sign-off says yes to one content, by its digest. When the content changes afterwards, nobody has
approved what stands there now.

## How to fix
Have the change looked at, and sign again: `release-portal sign VERSION RECORD --as PERSON` writes the
new digest. If the change was a mistake, take it back, and the sign-off holds again. Once the release has left
the record's phase only two ways are left: take the change back, or re-open the phase.

An approval that the process does not ask for is told too, as a warning: the gate does not wait for it.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import GapKind, is_stale
from release_portal.release import Release
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._signing import signing_problems


def check(portal: Portal) -> Problems:
    """Report every approval that no longer binds."""
    for gap, problem in signing_problems(portal):
        if gap.kind is GapKind.STALE:
            yield problem
    for release in portal.releases:
        yield from _unasked(portal, release)


def _unasked(portal: Portal, release: Release) -> Iterator[Problem]:
    items = portal.process_of(release).deliverables
    asked = {
        (subject, role) for item in items for subject in item.subjects for role in item.binding.signed_by
    }
    for one in release.signoffs:
        value = one.value
        if value is None or value.decision != "approve" or (one.subject, value.role) in asked:
            continue
        if is_stale(one) and release.subjects(one.subject):
            who = f"{portal.roster.name(value.by)} ({portal.process_of(release).roles.get(value.role, value.role)})"
            message = f"{who} approved {one.subject} before it changed"
            hint = f"nobody has to; to renew it: release-portal sign {release.version} {one.subject} --as {value.by}"
            place = one.record.source.locate("digest")
            yield Problem(place, message, hint, release.version, Severity.WARNING)


RULE = Rule(__name__, check, guards=("signoff",))
