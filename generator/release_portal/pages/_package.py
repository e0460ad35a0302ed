"""Whether the digest that a package record states is that of the records as they stand now."""

from release_portal.portal import Portal
from release_portal.release import Release


def package_holds(portal: Portal, release: Release, type_name: str) -> bool:
    """Compare what a package of some type states with the records of the phases before its own."""
    home = portal.process.home(type_name)
    stated: list[str] = [record.value.digest for record in release.named(type_name) if record.value]
    if home is None or not stated:
        return False
    folders = tuple(phase.folder for phase in portal.process.phases if phase.number < home.number)
    return release.package_digest(folders) == stated[0]
