"""The risk assessment has no privacy, no security or no financial risk.

## Why it matters
The process has all three assessed for every release. A category that nobody looked at reads the same as one in which
nothing was found, unless its absence is told.

## How to fix
Look for risks of that category and add what you find. Where nothing is likely or grave, record the risk that you looked
for, with `likelihood: low` and `impact: low`, and say under `measures` why nothing more is needed.

## Controls
- ISO 27001 A.8.32: the impact of changes is assessed.
- PCI DSS 6.5.1: the security impact of each change is documented.
"""

from release_portal.portal import Portal
from release_portal.records.risk_assessment import RiskAssessment
from release_portal.rules._owed import owed
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule

CATEGORIES = ("privacy", "security", "financial")


def check(portal: Portal) -> Problems:
    """Look for a risk of each category that every release assesses."""
    for release, record in portal.all(RiskAssessment):
        found = {risk.category for risk in record.value.risks} if record.value else set()
        missing = [category for category in CATEGORIES if category not in found]
        severity = owed(portal, release, "risk-assessment")
        if missing and severity:
            at = record.source.locate_key("risks")
            message = f"categories without a risk: {listed(missing)}"
            hint = "add what could happen in each, however unlikely it is"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("risk-assessment",))
