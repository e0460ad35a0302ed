"""An exception covers something that its release does not have: no control, result, suite, risk, threat or change.

## Why it matters
An exception is found by what it covers. One that names something else excuses nothing, and the risk that somebody
meant to accept stands there without an acceptance.

## How to fix
Correct the entry under `covers`: the id of a control, with its framework in front of it or without; of a scan result;
of a risk, a threat or a change of the release; the name of a test suite; or the number of a deliverable. Take out what
the release does not have.
Results are known from SARIF reports only: where a scan without one names the exception, the rule says nothing.

## Controls
- PCAOB AS 1105: a listing is complete and accurate.
- SOC 2 CC8.1: changes are authorised and documented.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.checklist import Checklist
from release_portal.records.exceptions import Exceptions
from release_portal.records.risk_assessment import RiskAssessment
from release_portal.records.scans import Scans
from release_portal.records.test_summary import TestSummary
from release_portal.records.threat_model import ThreatModel
from release_portal.release import Release
from release_portal.rules._log import entries
from release_portal.rules._owed import unread
from release_portal.rules._reports import results_in, scans_in
from release_portal.rules._rule import Problem, Problems, Rule, by_stage
from release_portal.wording import meant, shown

_SOURCES = ("changes", "risk-assessment", "checklist", "scans", "test-summary", "threat-model")


def check(portal: Portal) -> Problems:
    """Look up everything that an accepted exception covers."""
    unreadable = frozenset(_unreadable(portal))
    for release, record in portal.all(Exceptions):
        if any(unread(release, name) for name in _SOURCES):
            continue
        known = dict.fromkeys(_known(portal, release))
        for index, one in enumerate(record.value.exceptions if record.value else ()):
            if one.state != "accepted" or one.id in unreadable:
                continue
            for place, word in enumerate(one.covers):
                at = record.source.locate("exceptions", index, "covers", place)
                if word not in known and by_stage(portal, release, at):
                    message = (
                        f"exception {one.id} covers {shown(word)}, which {release.version} does not have"
                    )
                    hint = (
                        meant(word, known)
                        or "name a control, a scan result, a test suite, a risk, a threat or a change"
                    )
                    yield Problem(at, message, hint, release.version)


def _known(portal: Portal, release: Release) -> Iterator[str]:
    """Everything that an exception of a release may cover."""
    yield from (entry.change.ticket for entry in entries(release))
    yield from (item.number for item in portal.process_of(release).deliverables)
    for assessment in release.all(RiskAssessment):
        yield from (risk.id for risk in assessment.value.risks) if assessment.value else ()
    for model in release.all(ThreatModel):
        yield from (threat.id for threat in model.value.threats) if model.value else ()
    for checklist in release.all(Checklist):
        for control in checklist.value.controls if checklist.value else ():
            # mypy does not carry the test of the line above into its loop
            yield from (control.control, f"{checklist.value.framework} {control.control}")  # type: ignore[union-attr]
    for summary in release.all(TestSummary):
        yield from (suite.name for suite in summary.value.suites) if summary.value else ()
    for scans in release.all(Scans):
        for scan in scans.value.scans if scans.value else ():
            yield from (result.rule for result in results_in(release, scan.evidence) or ())
            for report in scans_in(release, scan.evidence):
                yield from (result.rule for result in report.set_aside)


def _unreadable(portal: Portal) -> Iterator[str]:
    """Ids of the exceptions that a scan names whose results nobody can look up."""
    for release, scans in portal.all(Scans):
        for scan in scans.value.scans if scans.value else ():
            if results_in(release, scan.evidence) is None:
                yield from scan.exceptions


RULE = Rule(__name__, check, Severity.WARNING, guards=("exceptions",))
