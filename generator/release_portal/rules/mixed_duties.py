"""The access log gives one person two duties that must lie in different hands.

## Why it matters
Writing, approving and deploying are separate duties. The list says before the deployment who will do what; a
person in two of its columns means that the separation fails on the day, or already has.

## How to fix
Give one of the two duties to somebody else, in the pipeline's permissions and in the record.

## Controls
- SOC 2 CC8.1: development, approval and deployment are separate duties.
- PCI DSS 6.5.4: roles are separated between production and pre-production.
- ISO 27001 A.8.32: who asks for a change does not authorise it.
"""

from itertools import combinations

from release_portal.portal import Portal
from release_portal.records.access_log import AccessLog
from release_portal.rules._people import among
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

_DUTIES = ("authors", "approvers", "deployers")


def check(portal: Portal) -> Problems:
    """Compare the three lists of duties, each with each."""
    for release, record in portal.all(AccessLog):
        duties = record.value.duties if record.value else None
        for first, second in combinations(_DUTIES, 2):
            for index, person in enumerate(getattr(duties, second, ())):
                at = record.source.locate("duties", second, index)
                severity = by_stage(portal, release, at)
                if among(portal.roster, person, getattr(duties, first)) and severity:
                    message = f"{portal.roster.name(person)} is among the {first} and among the {second}"
                    hint = "authors, approvers and deployers share nobody"
                    yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("access-log",))
