"""The hotfix path: what may come after the deployment, and until when."""

from datetime import datetime, timedelta

from release_portal.portal import Portal
from release_portal.records.release import Emergency
from release_portal.release import Release
from release_portal.rules._runs import runs


def emergency(release: Release) -> Emergency | None:
    """The emergency that lets a hotfix go ahead of its records; None for every other release."""
    facts = release.facts
    return facts.emergency if facts and facts.type == "hotfix" else None


def fill_deadline(portal: Portal, release: Release) -> datetime | None:
    """Until when a hotfix may fill in the phases before its deployment; None for every other release."""
    allowed = emergency(release)
    if allowed is None:
        return None
    ends = [run.deployment.finished_at for run in runs(release)]
    start = max(ends, default=allowed.authorised_at)
    return start + timedelta(days=portal.process_of(release).hotfix_fill_days)
