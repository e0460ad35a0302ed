"""The hotfix path: what may come after the deployment, and until when."""

from datetime import datetime

from release_portal.portal import Portal
from release_portal.progress import _judgement
from release_portal.progress._judgement import emergency
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import Release
from release_portal.rules._runs import first_start

__all__ = ["emergency", "excused", "fill_deadline", "unstated"]


def fill_deadline(portal: Portal, release: Release) -> datetime | None:
    """Until when a hotfix may fill in the phases before its deployment; None for every other release."""
    return _judgement.fill_deadline(portal.process_of(release), release)


def unstated(release: Release) -> bool:
    """Whether a hotfix was decided on after it went to production, and states no emergency that allowed that."""
    facts, start = release.facts, first_start(release)
    if facts is None or facts.type != "hotfix" or facts.emergency or start is None:
        return False
    return any(one.value is not None and start < one.value.held_at for one in release.all(GoNoGo))


def excused(release: Release) -> bool:
    """Whether what came after a deployment is not told: an emergency allowed it, or all hangs on that it does not say."""
    return emergency(release) is not None or unstated(release)
