"""Risks were assessed, or the release package was assembled, after the decision on going live.

## Why it matters
The board decides on the risks that it knows and on the package that lies before it. What came later was not before it,
so the decision rests on something else than the records show.

## How to fix
Correct the time if it is wrong. Otherwise the board decides again, with both before it. A hotfix that was decided on
after its deployment may assess its risks and assemble its package later still.

## Controls
- SOC 2 CC8.1: changes are documented and tested before they are approved.
- PCI DSS 6.5.1: the security impact of a change is known, and its approval documented.
- ISO 27001 A.8.32: impact is assessed before a change is authorised.
"""

from collections.abc import Iterator
from datetime import date, datetime

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records.go_no_go import GoNoGo
from release_portal.records.release_package import ReleasePackage
from release_portal.records.risk_assessment import RiskAssessment
from release_portal.release import Release
from release_portal.rules._emergency import emergency, unstated
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the day of the assessment, and the instant of the package, with the decision."""
    for release, record in portal.all(GoNoGo):
        decision = record.value
        if decision is None or unstated(release) or (emergency(release) and decision.retroactive):
            continue
        for at, message in _later(release, decision.held_at):
            severity = by_stage(portal, release, at)
            if severity:
                hint = f"the decision: {moment(decision.held_at)}, {record.source.locate('held_at')}"
                yield Problem(at, message, hint, release.version, severity)


def _later(release: Release, decided: datetime) -> Iterator[tuple[Location, str]]:
    """What came after the decision. A day counts as later once it is another one than that of the decision."""
    for risks in release.all(RiskAssessment):
        if risks.value and risks.value.assessed_on > decided.date():
            message = f"risks were assessed on {risks.value.assessed_on}, after the go/no-go decision"
            yield risks.source.locate("assessed_on"), message
    for package in release.all(ReleasePackage):
        if package.value and package.value.assembled_at > decided:
            when = moment(package.value.assembled_at)
            message = f"the release package was assembled at {when}, after the go/no-go decision"
            yield package.source.locate("assembled_at"), message


RULE = Rule(__name__, check, guards=("risk-assessment", "release-package"), since=date(2026, 11, 24))
