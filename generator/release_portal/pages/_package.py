"""Whether the digest that a package record states is that of the records as they stand now."""

from release_portal.portal import Portal
from release_portal.release import Release


def package_holds(portal: Portal, release: Release, type_name: str) -> bool:
    """Compare what a package of some type states with the records of the phases before its own."""
    stated: list[str] = [record.value.digest for record in release.named(type_name) if record.value]
    folders = portal.process_of(release).folders_before(type_name)
    return bool(folders and stated) and release.package_digest(folders) == stated[0]
