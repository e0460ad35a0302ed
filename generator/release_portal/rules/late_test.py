"""Tests or scans ran after the decision on going live.

## Why it matters
The board decides on what was found. What ran later was not before it, so the decision rests on something else than the
record shows.

## How to fix
Record the run that the board had before it, or let the board decide again. A hotfix with a retroactive decision may run
them between its emergency and that decision.

## Controls
- SOC 2 CC8.1: changes are tested before they are approved.
- PCI DSS 6.5.1: functionality testing precedes the change in production.
"""

from collections.abc import Iterator
from datetime import datetime

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records.go_no_go import GoNoGo
from release_portal.records.scans import Scans
from release_portal.records.test_summary import TestSummary
from release_portal.release import Release
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare every run with the decision."""
    for release, record in portal.all(GoNoGo):
        decision = record.value
        for at, what, ran_at in _runs(release) if decision else ():
            severity = by_stage(portal, release, at)
            if decision and severity and ran_at > decision.held_at:
                hint = f"the decision: {moment(decision.held_at)}, {record.source.locate('held_at')}"
                message = f"{what} ran at {moment(ran_at)}, after the go/no-go decision"
                yield Problem(at, message, hint, release.version, severity)


def _runs(release: Release) -> Iterator[tuple[Location, str, datetime]]:
    """Every suite and scan, with its place and name."""
    tests, scans = release.one(TestSummary), release.one(Scans)
    for index, suite in enumerate(tests.value.suites if tests and tests.value else ()):
        if tests:
            yield tests.source.locate("suites", index, "ran_at"), f"suite '{suite.name}'", suite.ran_at
    for index, scan in enumerate(scans.value.scans if scans and scans.value else ()):
        if scans:
            yield scans.source.locate("scans", index, "ran_at"), f"scan by {scan.tool}", scan.ran_at


RULE = Rule(__name__, check, guards=("test-summary", "scans"))
