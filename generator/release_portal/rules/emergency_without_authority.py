"""A release went ahead of its records without somebody entitled to allow that, or before they did.

## Why it matters
An emergency is the one way past the gates, so it is taken by authority and not by need: the chair of the board or the
release manager authorises it, by name, before the deployment. It is a hotfix's way; a standard release has none.

## How to fix
Name in release.yaml who authorised the hotfix, and when. If the roster is out of date, its owners change it in a pull
request of its own. A standard release has no `emergency`.

## Controls
- SOC 2 CC8.1: emergency changes are authorised, flagged as such, and reviewed afterwards.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised before they are deployed.
"""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.release import Release
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import first_start

ROLES = ("cab-chair", "release-manager")


def check(portal: Portal) -> Problems:
    """Judge who authorised every emergency, and when."""
    for release, record in portal.all(Facts):
        if record.value:
            for key, message, hint in _faults(portal, release, record.value):
                at = record.source.locate("emergency", key) if key else record.source.locate_key("emergency")
                yield Problem(at, message, hint, release.version)


def _faults(portal: Portal, release: Release, facts: Facts) -> Iterator[tuple[str, str, str]]:
    allowed, start = facts.emergency, first_start(release)
    if allowed is None:
        return
    if facts.type != "hotfix":
        yield (
            "",
            f"a {facts.type} release has no emergency",
            "only `type: hotfix` may go ahead of its records",
        )
    person, day = portal.roster.person(allowed.authorised_by), allowed.authorised_at.date()
    if person and not any(person.holds(role, day) for role in ROLES):
        entitled = [one.id for role in ROLES for one in portal.roster.holders(role, day)]
        message = f"{person.name} could not authorise an emergency on {day}"
        hint = f"who could, as {' or '.join(ROLES)}: {', '.join(dict.fromkeys(entitled)) or 'nobody'}"
        yield "authorised_by", message, hint
    if start and allowed.authorised_at >= start:
        message = "the emergency was authorised after the deployment to production had begun"
        yield "authorised_at", message, f"the deployment began at {moment(start)}"


RULE = Rule(__name__, check, guards=("release",), needs_roster=True)
