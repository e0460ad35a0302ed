"""The health report names no legal, no compliance or no trade report.

## Why it matters
In the first days after a deployment the automated legal, compliance and trade reports show what no KPI does: a filing
that went out wrong, a screening that did not run, a ledger that does not agree. A health report without one of them
says nothing of it, and that is not the same as that it was clean.

## How to fix
Add the report that ran in the window under `reports`, with its `kind` and `result`.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
- ISO 27001 A.8.32: what a change does is checked after it.
"""

from datetime import date
from typing import get_args

from release_portal.portal import Portal
from release_portal.records.health import Health, ReportKind
from release_portal.rules._owed import owed
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for a report of each kind."""
    for release, record in portal.all(Health):
        named = {one.kind for one in (record.value.reports if record.value else ())}
        missing = [kind for kind in get_args(ReportKind) if kind not in named]
        severity = owed(portal, release, "health") if missing else None
        if severity:
            at = record.source.locate_key("reports")
            message = f"no report of kind {listed(missing)}"
            hint = "add the report that ran in the monitoring window, with its result"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("health",), since=date(2026, 11, 30))
