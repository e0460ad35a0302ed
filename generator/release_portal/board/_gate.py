"""What is a warning while a release is in a phase, and an error as soon as it has left it: that shuts the gate."""

from collections.abc import Collection
from dataclasses import replace

from release_portal.assess import Assessment, all_rules, judge
from release_portal.finding import Finding, Severity
from release_portal.portal import Portal
from release_portal.progress import Progress, Stage
from release_portal.release import Release


def at_the_gate(assessment: Assessment, releases: Collection[Release]) -> frozenset[Finding]:
    """Those warnings of releases that are errors once each of them has left the phase that it is in."""
    portal = assessment.portal
    versions = {one.version for one in releases if _phase(portal, one)}
    warned = [one for one in assessment.findings if one.release in versions and _warns(one)]
    if not warned:
        return frozenset()
    left = {one.version: _left(portal, one) for one in releases if one.version in versions}
    beyond = judge(replace(portal, progress={**portal.progress, **left}), all_rules())
    wrong = {(one.rule, one.location, one.message) for one in beyond.findings if not _warns(one)}
    return frozenset(one for one in warned if (one.rule, one.location, one.message) in wrong)


def _warns(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING


def _phase(portal: Portal, release: Release) -> bool:
    return portal.process_of(release).phase(release.phase) is not None


def _left(portal: Portal, release: Release) -> Progress:
    """A release's way once the phase that it is in has passed. What a hotfix may fill in later stays as it is."""
    phases = portal.progress[release.version].phases
    return Progress(
        tuple(replace(one, stage=Stage.PASSED) if one.phase.slug == release.phase else one for one in phases)
    )
