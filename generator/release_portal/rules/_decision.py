"""When the board decided on going live, and how long before that somebody must have looked at things."""

from datetime import date, timedelta

from release_portal.records.go_no_go import GoNoGo
from release_portal.release import Release

LONGEST = timedelta(days=365)


def decided_on(release: Release) -> date | None:
    """Day of the go/no-go decision; None while there is none."""
    decision = release.one(GoNoGo)
    return decision.value.held_at.date() if decision and decision.value else None
