"""An incident lies outside the time in which its release was deployed and watched, and nothing says why it is here.

## Why it matters
Incidents are counted by release. One that was over before the deployment, or began after the window, is often that of
another release: it makes this one look worse and the other one better.

## How to fix
Correct the times, or move the record to the release that caused the incident. If it belongs here, say why under
`anomalies` in `health.yaml`, with its ticket. A hotfix that was made for the incident says so under `emergency` in
release.yaml, with the ticket.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.records.incident import Incident
from release_portal.release import Release
from release_portal.rules._emergency import emergency
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import first_start
from release_portal.rules._tickets import names


def check(portal: Portal) -> Problems:
    """Compare every incident with the time from the deployment to the end of the monitoring window."""
    for release, record in portal.all(Incident):
        health = release.one(Health)
        if record.value is None or health is None or health.value is None:
            continue
        incident, window = record.value, health.value.window
        begin = min(window.from_, first_start(release) or window.from_)
        if incident.resolved_at >= begin and incident.started_at <= window.until:
            continue
        if not _explained(release, health.value, incident.ticket):
            key, when = ("resolved_at", "was over before the deployment")
            if incident.started_at > window.until:
                key, when = ("started_at", "began after the monitoring window")
            hint = f"watched: {moment(begin)} to {moment(window.until)}"
            at = record.source.locate(key)
            yield Problem(at, f"{incident.ticket} {when}", hint, release.version)


def _explained(release: Release, health: Health, ticket: str) -> bool:
    """Whether the anomalies or the reason of an emergency name the incident's ticket."""
    allowed = emergency(release)
    return names(f"{health.anomalies} {allowed.reason if allowed else ''}", ticket)


RULE = Rule(__name__, check, Severity.WARNING, guards=("incident",))
