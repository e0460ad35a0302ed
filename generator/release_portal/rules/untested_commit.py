"""Tests or a scan ran on another commit than the one that was released.

## Why it matters
A result holds for the commit that it was taken from. One line added between the last test and the tag is a line that
nobody tested, and the summary still says that everything passed.

The commits that count are those of the tags in release.yaml; while it names none, those that were deployed to
production. Before either there is nothing to compare with.

## How to fix
If the record names the wrong commit, correct it, and have it signed again. If the tag stands on a later commit, run the
tests and scans on that one. Once it is deployed the finding stays, as what happened stays: test it now, and take the
cause to the retrospective.

## Controls
- SOC 2 CC8.1: changes are tested before they are implemented.
- PCI DSS 6.5.1: each change is tested, so that it does not weaken security.
- ISO 27001 A.8.32: changes are tested.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records.scans import Scans
from release_portal.records.test_summary import TestSummary
from release_portal.release import Release
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs


def check(portal: Portal) -> Problems:
    """Compare the commit of the tests, and of every scan, with those that were released."""
    for release in portal.releases:
        released = _released(release)
        for at, what, commit in _looked_at(release) if released else ():
            if commit not in released:
                names = listed([f"{name} is {wanted[:12]}" for wanted, name in released.items()])
                message = f"{what} ran on commit {commit[:12]}, but {names}"
                hint = "repeat it on the released commit, or correct the record if it names the wrong one"
                yield Problem(at, message, hint, release.version)


def _released(release: Release) -> Mapping[str, str]:
    """What a release consists of: each commit, with the tag or the deployment that says so."""
    tags = {tag.commit: f"tag {tag.name}" for tag in (release.facts.tags if release.facts else ())}
    own = (one.deployment for one in production_runs(release) if one.deployment.version == release.version)
    return tags or {one.commit: f"what was deployed to {one.region}" for one in own}


def _looked_at(release: Release) -> Iterator[tuple[Location, str, str]]:
    """Place, name and commit of the tests and of every scan."""
    for summary in release.all(TestSummary):
        if summary.value:
            yield summary.source.locate("commit"), "the tests", summary.value.commit
    for record in release.all(Scans):
        for index, scan in enumerate(record.value.scans if record.value else ()):
            at = record.source.locate("scans", index, "commit")
            yield at, f"the scan by {scan.tool}", scan.commit


RULE = Rule(__name__, check, guards=("test-summary", "scans"), since=date(2026, 11, 24))
