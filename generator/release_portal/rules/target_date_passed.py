"""The day on which a release was meant to run in production is over, and it does not run there.

## Why it matters
Stakeholders, the calendar and the notices go by the target date. One that has passed in silence is a promise that
nobody is keeping. The day counts as over once it is over in every zone.

## How to fix
Agree a new day with whoever approved the old one, and set `target_date`. If the release will not come, withdraw it
(`phase: withdrawn`). If it runs already, add the deployment to `deployments.yaml`.

## Controls
- ISO 27001 A.8.32: changes are communicated.
"""

from datetime import timedelta, timezone

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.release import CLOSED, WITHDRAWN
from release_portal.rules._owed import unread
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import last_end

_LAST_ZONE = timezone(timedelta(hours=-12))


def check(portal: Portal) -> Problems:
    """Compare the target date of every release that is not in production with the day of the check."""
    today = portal.clock.today(_LAST_ZONE)
    for release, record in portal.all(Facts):
        facts = record.value
        if facts is None or facts.phase in {CLOSED, WITHDRAWN}:
            continue
        if facts.target_date < today and not (last_end(release) or unread(release, "deployments")):
            at = record.source.locate("target_date")
            message = f"{release.version} was meant to be in production on {facts.target_date}"
            manager = facts.roles.get("release-manager", "")
            who = f"{portal.roster.name(manager)}, release manager: " if manager else ""
            yield Problem(at, message, f"{who}agree a new day, or withdraw the release", release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("release", "deployments"))
