"""Which versions of the process document exist, as far as can be known."""

from release_portal.portal import Portal


def order(version: str) -> tuple[int, ...]:
    """Sorts versions such as 1.10 after 1.9."""
    return tuple(int(part) for part in version.split("."))


def existence(portal: Portal, version: str) -> bool | None:
    """Whether a version of the process document exists; None where that cannot be known.

    Where the portal's own history does not count, a version is known not to exist only if it is newer than the
    document as it stands.
    """
    if version in portal.processes:
        return True
    if portal.git.history is None and order(version) < order(portal.process.version):
        return None
    return False
