"""Records of a hotfix were completed after the days that the process gives it, or are still open after them.

## Why it matters
A hotfix may go to production ahead of its records, because waiting would cost more. The debt is paid within the days
at the head of the process document, counted from the end of the deployment; otherwise the short cut becomes the rule.

## How to fix
Complete what is open, at once. What was completed late stays late: correct a time that is wrong, and otherwise take
the cause to the retrospective.

## Controls
- SOC 2 CC8.1: emergency changes are reviewed and approved soon after they are implemented.
- PCI DSS 6.5.1: each change has a documented approval.
"""

from collections.abc import Iterator
from datetime import datetime

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import WITHDRAWN, Release
from release_portal.rules._demands import demanded
from release_portal.rules._emergency import fill_deadline
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for what is open after the deadline of a hotfix, and for what was done after it."""
    for release in portal.releases:
        deadline = fill_deadline(portal, release)
        if deadline is None:
            continue
        days = portal.process_of(release).hotfix_fill_days
        hint = f"the {days} days that the process gives a hotfix ended at {moment(deadline)}"
        numbers = _open(portal, release) if portal.clock.passed(deadline) else []
        if numbers and release.phase != WITHDRAWN:
            message = f"the time to complete the records of the hotfix is over; open: {', '.join(numbers)}"
            at = release.named("release")[0].source.locate_key("emergency")
            yield Problem(at, message, hint, release.version)
        for at, done, what in (*_signed(portal, release), *_decided(release)):
            if done > deadline:
                yield Problem(
                    at, f"{what} after the time for the records of the hotfix", hint, release.version
                )


def _open(portal: Portal, release: Release) -> list[str]:
    """Numbers of the open deliverables in the phases before the deployment."""
    home = portal.process_of(release).home("deployments")
    phases = portal.progress[release.version].phases
    before = [one for one in phases if home and one.phase.number < home.number]
    return [item.deliverable.number for one in before for item in one.open]


def _signed(portal: Portal, release: Release) -> Iterator[tuple[Location, datetime, str]]:
    """The first sign-off of each role that the phases before the deployment demand."""
    home = portal.process_of(release).home("deployments")
    for phase, subject, role, approving in demanded(portal, release):
        given = [(one.value.at, one) for one in approving if one.value]
        if given and home and phase.phase.number < home.number:
            at, first = min(given, key=lambda pair: pair[0])
            title = portal.process_of(release).roles.get(role, role)
            yield first.record.source.locate("at"), at, f"the {title} signed {subject}"


def _decided(release: Release) -> Iterator[tuple[Location, datetime, str]]:
    """The retroactive decision, and the reviews of the changes."""
    for decision in release.all(GoNoGo):
        if decision.value:
            yield decision.source.locate("held_at"), decision.value.held_at, "the board decided"
    for reviews in release.all(CodeReview):
        for index, review in enumerate(reviews.value.reviews if reviews.value else ()):
            at = reviews.source.locate("reviews", index, "approved_at")
            yield at, review.approved_at, f"{review.ticket} was approved by its reviewers"


RULE = Rule(__name__, check, needs_roster=True)
