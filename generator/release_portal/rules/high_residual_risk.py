"""A risk stays high after the measures, and nobody who may accept it has done so.

## Why it matters
A high risk that remains is a decision about the company, not about the code. It is taken by somebody who answers for
compliance, information security or the board, by name, for a limited time, and before the release goes live.

## How to fix
Take further measures and assess the residual anew. If it stays high, have an exception accepted in `exceptions.yaml`
whose `covers` lists the risk's id, and whose `approved_by` holds one of these roles: Compliance Officer, Information
Security Owner, Chair of the Change Advisory Board.

## Controls
- SOC 2 CC8.1: changes are authorised.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: the impact of changes is assessed, and changes are authorised.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.risk_assessment import Risk, RiskAssessment
from release_portal.release import Release
from release_portal.rules._acceptance import entitled, shortfall, who_may
from release_portal.rules._exceptions import owned_by
from release_portal.rules._owed import owed, unread
from release_portal.rules._rule import Problem, Problems, Rule, by_home


def check(portal: Portal) -> Problems:
    """Look for the acceptance of every high residual risk."""
    for release, record in portal.all(RiskAssessment):
        severity = _due(portal, release)
        if severity is None or unread(release, "exceptions"):
            continue
        for index, risk in enumerate(record.value.risks if record.value else ()):
            why = _why(portal, release, risk) if risk.residual == "high" else ""
            if why:
                at = record.source.locate("risks", index, "residual")
                who = who_may(portal, release, portal.clock.today())
                hint = f"reduce it, or have an exception accepted that covers {risk.id}; who may: {who}"
                yield Problem(at, f"risk {risk.id} stays high, {why}", hint, release.version, severity)


def _due(portal: Portal, release: Release) -> Severity | None:
    """Severity of a risk that nobody accepted: the process asks for acceptances after the assessment."""
    if owed(portal, release, "risk-assessment") is None:
        return None
    if portal.process_of(release).home("exceptions") is None:
        return by_home(portal, release, "risk-assessment")
    return by_home(portal, release, "exceptions")


def _why(portal: Portal, release: Release, risk: Risk) -> str:
    """What is wrong with the acceptance of a risk, after a comma; empty where one is good."""
    reasons = []
    for one in owned_by(release):
        if risk.id not in one.covers:
            continue
        reason = shortfall(portal, release, one)
        if not reason and not entitled(portal, release, one.approved_by, one.approved_at.date()):
            reason = f"was approved by {portal.roster.name(one.approved_by)}, who may not accept risks"
        reasons.append(f"and {one.id} {reason}" if reason else "")
    return "and no exception covers it" if not reasons else "" if "" in reasons else reasons[0]


RULE = Rule(__name__, check, guards=("risk-assessment",), needs_roster=True)
