"""The health report names an incident that has no record of its own.

## Why it matters
A name tells that something happened, and nothing of what, why, and what keeps it from coming back.

## How to fix
Write `incidents/<name>.md` with what happened, the root cause and the actions. If the name is misspelt, correct it;
if it was no incident, take it out, and have it described under `anomalies`. If the file was deleted, restore it.

While the health report has errors or waits to be filled, nobody knows which incidents it will name, and nothing is told.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.rules._owed import due
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import meant


def check(portal: Portal) -> Problems:
    """Look up every incident of the health report, also where the release has no record of any."""
    for release, record in portal.all(Health):
        severity = due(portal, release, "incident")
        names = [incident.name for incident in release.named("incident")]
        told = record.value.incidents if record.value else ()
        for index, name in enumerate(told):
            if name not in names and severity:
                at = record.source.locate("incidents", index)
                hint = meant(name, [one for one in names if one not in told]) or f"write incidents/{name}.md"
                yield Problem(at, f"incident '{name}' has no record", hint, release.version, severity)


RULE = Rule(__name__, check, guards=("health", "incident"))
