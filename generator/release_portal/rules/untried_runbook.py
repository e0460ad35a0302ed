"""A runbook was not walked through before the go/no-go decision, or not within the year before it.

## Why it matters
A runbook is read at night by somebody who has to trust it. One that nobody has walked through since the last changes
names commands that are gone and numbers that have moved.

A hotfix that went ahead as an emergency may have its runbooks tried afterwards. While there is no decision, the year is
counted back from today.

## How to fix
Walk through it on staging, step by step and with the way back, mend what is wrong, and set `tested_on`.

## Controls
- PCI DSS 6.5.1: procedures to return to a secure state are in place.
- ISO 27001 A.8.32: there is a tried way back.
"""

from release_portal.portal import Portal
from release_portal.records.runbook import Runbook
from release_portal.rules._decision import LONGEST, decided_on
from release_portal.rules._emergency import excused
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare the day on which each runbook was tried with the day of the decision."""
    for release, record in portal.all(Runbook):
        severity = owed(portal, release, "runbook")
        if record.value is None or severity is None:
            continue
        tried, decided = record.value.tested_on, decided_on(release)
        message = ""
        if decided and tried > decided and not excused(release):
            message = f"'{record.value.title}' was walked through after the go/no-go decision of {decided}"
        elif tried < (decided or portal.clock.today()) - LONGEST:
            message = f"nobody walked through '{record.value.title}' since {tried}"
        if message:
            at = record.source.locate("tested_on")
            hint = f"{portal.roster.name(record.value.owner)} owns it"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("runbook",))
