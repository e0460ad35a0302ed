"""Somebody gave themselves access to production or to the release pipeline.

## Why it matters
Access that its holder granted was checked by nobody. One person, or one stolen account, can then open any door that it
has the key to, and the log shows it as granted.

## How to fix
Correct the record if it names the wrong person, as the access system's log shows. If it is right, take the access away,
have somebody else grant what is needed, and take it to the retrospective how that could be done.

## Controls
- PCI DSS 6.5.4: roles and functions are separated.
- ISO 27001 A.5.3: conflicting duties are segregated.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.access_log import AccessLog
from release_portal.rules._people import alias, is_same
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare who has each access with who granted it."""
    for release, record in portal.all(AccessLog):
        for index, one in enumerate(record.value.access if record.value else ()):
            at = record.source.locate("access", index, "granted_by")
            severity = by_stage(portal, release, at)
            if severity and is_same(portal.roster, one.person, one.granted_by):
                name = portal.roster.name(one.person)
                message = f"{name} gave themselves access to '{one.system}'"
                hint = "take it away; somebody else grants what is needed"
                hint += alias(portal.roster, one.granted_by, (one.person,))
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("access-log",), since=date(2026, 11, 24))
