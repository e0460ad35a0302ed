"""Seals that do not hold: a package says so of itself, so that nobody takes it for a package that was changed."""

from release_portal.assess import Assessment
from release_portal.finding import Finding, Severity
from release_portal.release import Release
from release_portal.rules import broken_seal as rule


def broken_seal(assessment: Assessment, release: Release) -> tuple[Finding, ...]:
    """What the rules say against the seal of a release, as errors: what it holds is not what was sealed."""
    found = assessment.of(release.version)
    return tuple(one for one in found if one.rule == rule.RULE.name and one.severity is Severity.ERROR)
