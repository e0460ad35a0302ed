"""A release has the record of an incident that its health report does not name.

## Why it matters
The health report is read to learn how the release went. One that leaves an incident out says that it went better than
it did; `incidents: []` even says that there was none.

## How to fix
Add the record's name to `incidents` in `health.yaml`. An incident of another release belongs into that one's folder.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
- PCAOB AS 1105: a listing that serves as a population is complete.
"""

from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare the incidents on file with those that the health report names."""
    for release, record in portal.all(Health):
        at = record.source.locate_key("incidents")
        for incident in release.named("incident"):
            if record.value and incident.name not in record.value.incidents:
                message = f"incident '{incident.name}' is on file, but the health report does not name it"
                yield Problem(at, message, f"the incident: {incident.path}", release.version)


RULE = Rule(__name__, check, guards=("health", "incident"))
