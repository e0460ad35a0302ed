"""A release tag was made by somebody who may not make it.

## Why it matters
The tag names what goes to production. The process gives that to a role: its `release-manager`, or its `deployer`. Any
other signature is good, and still nobody who answers for the release gave it.

Where a process names neither role, whoever holds any role may tag; somebody else is told as a warning.

## How to fix
Let a release manager or a deployer make the tag again upon the same commit. If the tagger held the role, correct the
days in the roster.

## Controls
- SOC 2 CC6.3 and CC8.1: access by role; changes are authorised.
- ISO 27001 A.5.3 (segregation of duties).
"""

from datetime import date

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import taggings

_MAY_TAG = ("release-manager", "deployer")


def check(portal: Portal) -> Problems:
    """Look up who made each release's tag, and which roles they held on that day."""
    for one in taggings(portal):
        tagger = one.actual.tag.tagger if one.actual else None
        if one.actual is None or tagger is None or tagger.at is None:
            continue
        roles, day = portal.process_of(one.release).roles, tagger.at.date()
        allowed = [role for role in _MAY_TAG if role in roles]
        person = portal.roster.by_email(tagger.address)
        if person and any(
            tenure.covers(day) and tenure.role in (allowed or roles) for tenure in person.roles
        ):
            continue
        who = person.name if person else f"an unknown address, {tagger.address or 'none'}"
        lacked = " or ".join(roles[role] for role in allowed) or "holder of any role"
        message = f"tag '{one.actual.tag.name}' is by {who}, no {lacked} on {day}"
        severity = Severity.ERROR if allowed else Severity.WARNING
        yield Problem(one.location, message, _may(portal, allowed, day), one.release.version, severity)


def _may(portal: Portal, allowed: list[str], day: date) -> str:
    """Who could have made the tag, as a hint."""
    people = (person.name for role in allowed for person in portal.roster.holders(role, day))
    names = list(dict.fromkeys(people))
    return (
        f"who may tag: {listed(names) if names else 'nobody'}" if allowed else "the roster says who may act"
    )


RULE = Rule(__name__, check, guards=("deployments", "people"), needs_roster=True)
