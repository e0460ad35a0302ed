"""Accepting a risk: who may, until when one is judged, and what keeps an exception from counting then."""

from datetime import date, datetime

from release_portal.portal import Portal
from release_portal.progress import AUTHORITY
from release_portal.records.exceptions import AcceptedException
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import CLOSED, WITHDRAWN, Release
from release_portal.rules._emergency import fill_deadline
from release_portal.rules._phrases import moment


def ended(release: Release) -> datetime | None:
    """When a release was closed or withdrawn; None while it is neither."""
    facts = release.facts
    if facts is None or facts.phase not in (CLOSED, WITHDRAWN):
        return None
    return facts.withdrawn.at if facts.withdrawn else facts.closed_at


def decided(release: Release) -> datetime | None:
    """When the board decided on going live; None as long as it has not."""
    return next((one.value.held_at for one in release.all(GoNoGo) if one.value), None)


def shortfall(portal: Portal, release: Release, one: AcceptedException) -> str:
    """What keeps an exception from counting when the board decides on a release, as words after its id.

    Without a decision, an exception is judged as of the release's end, or as of now. One that was closed counts for
    a decision of the past, as it was needed then. A hotfix may have it accepted while it may fill in its records.
    """
    decision = decided(release)
    end, deadline = decision or ended(release), fill_deadline(portal, release)
    if one.state == "rejected" or (one.state == "closed" and decision is None):
        return f"is {one.state}"
    if one.expires < (end.date() if end else portal.clock.today()):
        return f"expired on {one.expires}"
    limit = max(end, deadline or end) if end else deadline
    in_time = limit and one.approved_at <= limit
    if in_time or (end is None and portal.clock.reached(one.approved_at)):
        return ""
    return f"was accepted only at {moment(one.approved_at)}"


def authorities(portal: Portal, release: Release) -> tuple[str, ...]:
    """The roles of a release's process that may accept a risk; none where the process knows no such role."""
    return tuple(role for role in AUTHORITY if role in portal.process_of(release).roles)


def entitled(portal: Portal, release: Release, person: str, day: date) -> bool:
    """Whether somebody may accept a risk on a day; everybody, where the process names no role for it."""
    roles = authorities(portal, release)
    return not roles or any(portal.roster.holds(person, role, day) for role in roles)


def who_may(portal: Portal, release: Release, day: date) -> str:
    """The people who may accept a risk on a day, by id."""
    if not authorities(portal, release):
        return "anybody"
    people = (one.id for role in authorities(portal, release) for one in portal.roster.holders(role, day))
    return ", ".join(dict.fromkeys(people)) or "nobody"
