"""Privacy, security and financial risks of the release, and what is done about each.

Every change is assessed: it is named by a risk, or listed under `no_risk` with a reason. The level is
likelihood times impact; the residual is what remains after the measures.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._evidence import Evidence, evidence
from release_portal.records._record import RecordType
from release_portal.records._words import Level

RiskCategory = Literal["privacy", "security", "financial", "operational", "regulatory"]
Treatment = Literal["avoid", "reduce", "transfer", "accept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One risk and its treatment; `changes` are the tickets it comes from."""

    id: str
    category: RiskCategory
    description: str
    changes: tuple[str, ...]
    likelihood: Level
    impact: Level
    treatment: Treatment
    measures: str
    residual: Level
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRisk:
    """A change that was assessed and found to carry no risk of its own."""

    ticket: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """The assessed risks of a release."""

    assessed_on: date
    assessor: str
    risks: tuple[Risk, ...]
    no_risk: tuple[NoRisk, ...] = ()
    evidence: tuple[Evidence, ...] = ()


RECORD = RecordType(
    name="risk-assessment",
    title="Risk assessment",
    purpose="Risks of the release with treatment, residual and owner.",
    file="risk-assessment.yaml",
    shape=RiskAssessment,
    schema={
        "assessed_on": field.day("Assessed on"),
        "assessor": field.person("Assessor"),
        "risks": field.rows(
            {
                "id": field.kind("ticket", "Id", "Such as R-1; stable within the release."),
                "category": field.choice(RiskCategory, "Category"),
                "description": field.text("Description", "What could happen, to whom."),
                "changes": field.listing(
                    field.kind("ticket", "Ticket"), "Changes", "Tickets that the risk comes from.", least=1
                ),
                "likelihood": field.choice(Level, "Likelihood"),
                "impact": field.choice(Level, "Impact"),
                "treatment": field.choice(Treatment, "Treatment"),
                "measures": field.text("Measures", "What is done about it."),
                "residual": field.choice(Level, "Residual risk", "What remains after the measures."),
                "owner": field.person("Owner"),
            },
            "Risks",
            "Privacy, security and financial risks at the least.",
            least=1,
        ),
        "no_risk": field.rows(
            {
                "ticket": field.kind("ticket", "Ticket"),
                "reason": field.text("Reason", "Why the change carries no risk of its own."),
            },
            "Assessed without risk",
            "Changes that no risk names, each with the reason.",
            optional=True,
        ),
        "evidence": evidence(),
    },
    scaffold="""\
assessed_on: <fill in YYYY-MM-DD>
assessor: <fill in a person's id>
risks:
  - id: R-1
    category: <fill in privacy, security or financial>
    description: <fill in what could happen, to whom>
    changes: [<fill in a ticket id>]
    likelihood: <fill in low, medium or high>
    impact: <fill in low, medium or high>
    treatment: <fill in avoid, reduce, transfer or accept>
    measures: <fill in what is done about it>
    residual: <fill in low, medium or high>
    owner: <fill in a person's id>
""",
)
