"""A change of the change log is not in the risk assessment.

## Why it matters
What nobody assessed may carry any risk. The assessment is complete when it says of each change what could go wrong, or
why nothing could.

## How to fix
Name the change's ticket under `changes` of the risk that it brings, in `risk-assessment.yaml`. A change that carries no
risk of its own goes under `no_risk`, with the reason. Have the assessment signed again.

## Controls
- ISO 27001 A.8.32: the impact of each change is assessed.
- PCI DSS 6.5.1: the security impact of each change is documented.

## Example
    no_risk:
      - ticket: PAY-209
        reason: The fix brings fees in line with the contracts.
"""

from release_portal.portal import Portal
from release_portal.records.risk_assessment import RiskAssessment
from release_portal.rules._log import entries
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look up every change in the risk assessment, once there is one."""
    for release, record in portal.all(RiskAssessment):
        severity = owed(portal, release, "risk-assessment")
        if record.value is None or severity is None:
            continue
        assessed = {ticket for risk in record.value.risks for ticket in risk.changes}
        assessed.update(one.ticket for one in record.value.no_risk)
        for entry in entries(release):
            ticket = entry.change.ticket
            if ticket not in assessed:
                message = f"change {ticket} is not in the risk assessment"
                hint = f"name it in {record.path}: by a risk, or under `no_risk` with a reason"
                yield Problem(entry.at("ticket"), message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("risk-assessment", "changes"))
