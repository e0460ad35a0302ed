"""The releases before and after one, by version; what was withdrawn is passed over."""

from release_portal.portal import Portal
from release_portal.release import WITHDRAWN, Release


def before(portal: Portal, release: Release) -> Release | None:
    """Give the release that a release is compared with: the one before it that was not withdrawn."""
    older = portal.releases[_place(portal, release) + 1 :]
    return next((one for one in older if one.phase != WITHDRAWN), None)


def after(portal: Portal, release: Release) -> Release | None:
    """Give the next newer release that was not withdrawn."""
    newer = portal.releases[: _place(portal, release)]
    return next((one for one in reversed(newer) if one.phase != WITHDRAWN), None)


def up_to(portal: Portal, release: Release) -> tuple[Release, ...]:
    """Give a release and all that came before it, newest first, the withdrawn ones too."""
    return portal.releases[_place(portal, release) :]


def _place(portal: Portal, release: Release) -> int:
    return next(place for place, one in enumerate(portal.releases) if one is release)
