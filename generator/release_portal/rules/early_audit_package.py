"""The audit package was made before the monitoring window was over.

## Why it matters
The package keeps the evidence of a release, and the health report is part of that. One that was closed while the release
was still watched holds a report of half a window.

## How to fix
Make the package again after the window has ended, and record when. If the time is wrong, correct it.

## Controls
- PCAOB AS 1105: evidence is complete and accurate.
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.audit_package import AuditPackage
from release_portal.records.health import Health
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the time of every audit package with the end of the window."""
    for release, record in portal.all(AuditPackage):
        health = release.one(Health)
        if record.value is None or health is None or health.value is None:
            continue
        end = health.value.window.until
        if record.value.created_at < end:
            at = record.source.locate("created_at")
            severity = by_stage(portal, release, at)
            if severity:
                message = "the audit package was made before the monitoring window was over"
                hint = f"the window ends at {moment(end)}: {health.source.locate('window', 'until')}"
                yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("audit-package",), since=date(2026, 11, 30))
