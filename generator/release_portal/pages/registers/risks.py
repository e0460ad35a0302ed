"""Every assessed risk, the highest remaining one first."""

from collections.abc import Iterator

from release_portal.assess import Assessment
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.records.risk_assessment import Risk, RiskAssessment
from release_portal.release import Release
from release_portal.roster import Roster

_STEPS = {"low": 1, "medium": 2, "high": 3}


def rows(assessment: Assessment) -> Iterator[Row]:
    """By what remains, then by likelihood times impact, newest release first."""
    records = [(release, record.value) for release, record in assessment.portal.all(RiskAssessment)]
    found = [(release, risk) for release, value in records if value for risk in value.risks]
    found.sort(key=lambda pair: (_STEPS[pair[1].residual], _score(pair[1])), reverse=True)
    for release, risk in found:
        yield _row(assessment.portal.roster, release, risk)


def _score(risk: Risk) -> int:
    """Likelihood times impact, from 1 to 9."""
    return _STEPS[risk.likelihood] * _STEPS[risk.impact]


def _row(roster: Roster, release: Release, risk: Risk) -> Row:
    return Row(
        id=row_id(release.version, risk.id),
        cells={
            "id": cell.mono(risk.id, href=cell.spot(release, "risk-assessment", risk.id)),
            "category": cell.tag(risk.category),
            "risk": cell.text(risk.description),
            "changes": cell.several((cell.mono(one) for one in risk.changes), joined=", "),
            "likelihood": cell.level(risk.likelihood),
            "impact": cell.level(risk.impact),
            "score": cell.number(_score(risk)),
            "treatment": cell.tag(risk.treatment),
            "measures": cell.text(risk.measures),
            "residual": cell.level(risk.residual),
            "owner": cell.person(roster, risk.owner),
            "release": cell.release_of(release),
        },
    )


REGISTER = Register(
    name="risks",
    title="Risks",
    noun="risk",
    lead="What could happen, what is done about it, what remains. Level is likelihood times impact, from 1 to 9.",
    empty="No risk assessment names one.",
    order=30,
    reads=("risk-assessment",),
    rows=rows,
    tally="residual",
    groups=("release", "category", "owner", "treatment", "residual"),
    columns=(
        Column(key="id", title="Id", style="rp-nowrap"),
        Column(key="risk", title="Risk"),
        Column(key="changes", title="Changes", hidden=True),
        Column(key="category", title="Category", facet=True),
        Column(key="likelihood", title="Likelihood", newest=True, facet=True),
        Column(key="impact", title="Impact", newest=True, facet=True),
        Column(key="score", title="Level", newest=True, style="rp-num"),
        Column(key="treatment", title="Treatment", facet=True),
        Column(key="measures", title="Measures", hidden=True),
        Column(key="residual", title="Residual", newest=True, facet=True),
        Column(key="owner", title="Owner", facet=True, style="rp-nowrap"),
        Column(key="release", title="Release", facet=True, newest=True, style="rp-nowrap"),
    ),
)
