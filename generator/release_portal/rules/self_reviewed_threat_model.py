"""A threat model was reviewed by its author.

## Why it matters
A threat model is worth what a second mind finds missing in it.

## How to fix
Have it reviewed by somebody else, from information security if the change is of high risk, and name them.

## Controls
- SOC 2 CC8.1: the reviewer of a change is not its author.
- ISO 27001 A.8.32: the impact of a change is assessed.
"""

from release_portal.portal import Portal
from release_portal.records.threat_model import ThreatModel
from release_portal.rules._people import is_same
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare author and reviewer of every threat model."""
    for release, record in portal.all(ThreatModel):
        value, at = record.value, record.source.locate("reviewed_by")
        severity = by_stage(portal, release, at)
        if value and is_same(portal.roster, value.author, value.reviewed_by) and severity:
            message = f"{portal.roster.name(value.author)} wrote the threat model and reviewed it"
            yield Problem(at, message, "have it reviewed by somebody else", release.version, severity)


RULE = Rule(__name__, check, guards=("threat-model",))
