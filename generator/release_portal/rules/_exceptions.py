"""Accepted exceptions: what they excuse, and whether they hold on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from release_portal.portal import Portal
from release_portal.records.exceptions import AcceptedException, Exceptions
from release_portal.release import Release


def owned_by(release: Release) -> tuple[AcceptedException, ...]:
    """The exceptions that a release owns."""
    record = release.one(Exceptions)
    return record.value.exceptions if record and record.value else ()


def by_id(portal: Portal) -> Mapping[str, Sequence[AcceptedException]]:
    """All exceptions by their ids, whichever release owns them."""
    found: dict[str, list[AcceptedException]] = defaultdict(list)
    for release in portal.releases:
        for one in owned_by(release):
            found[one.id].append(one)
    return found


def covered(exceptions: Iterable[AcceptedException], day: date) -> frozenset[str]:
    """Everything that some exceptions excuse on a day: those that are accepted and not over."""
    good = [one for one in exceptions if one.state == "accepted" and day <= one.expires]
    return frozenset(word for one in good for word in one.covers)
