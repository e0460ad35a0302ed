"""The hotfix path: what may come after the deployment, and until when."""

from datetime import datetime

from release_portal.portal import Portal
from release_portal.progress import _judgement
from release_portal.progress._judgement import emergency
from release_portal.release import Release

__all__ = ["emergency", "fill_deadline"]


def fill_deadline(portal: Portal, release: Release) -> datetime | None:
    """Until when a hotfix may fill in the phases before its deployment; None for every other release."""
    return _judgement.fill_deadline(portal.process_of(release), release)
