"""What a release says does not apply to it."""

from release_portal.portal import Portal
from release_portal.release import Release


def waiver(portal: Portal, release: Release, record_type: str) -> str:
    """Number of a deliverable whose statement takes the records of a type away; empty where they are due."""
    stated = release.facts.not_applicable if release.facts else {}
    numbers = [
        item.number for item in portal.process_of(release).deliverables if record_type in item.subjects
    ]
    return numbers[0] if numbers and all(number in stated for number in numbers) else ""
