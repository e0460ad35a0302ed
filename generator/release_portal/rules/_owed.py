"""Whether a release owes records of a type by now, and no other rule tells that they are missing."""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.release import Release
from release_portal.rules._rule import by_home


def owed(portal: Portal, release: Release, record_type: str) -> Severity | None:
    """Severity of a gap in the records of a type that a release has.

    None where they are not due yet, where the release states that they do not apply (whether that counts tells
    `unproved-waiver`), and where none is there although the process demands one: that is `missing-deliverable`.
    """
    items = portal.progress[release.version].delivered_by(record_type)
    gaps = [gap for item in items for gap in item.gaps]
    if items and all(any(gap.kind is GapKind.WAIVER for gap in item.gaps) for item in items):
        return None
    if any(gap.kind is GapKind.RECORD and gap.subject == record_type for gap in gaps):
        return None
    return due(portal, release, record_type)


def due(portal: Portal, release: Release, record_type: str) -> Severity | None:
    """As `owed`, and also where no record of the type is there."""
    if all(item.waived for item in portal.progress[release.version].delivered_by(record_type)):
        return None
    return by_home(portal, release, record_type)


def unread(release: Release, record_type: str) -> bool:
    """Whether a record of a type has errors or waits to be filled, so that nobody knows what it will say."""
    return any(record.value is None for record in release.named(record_type))
