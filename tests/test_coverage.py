"""What pages call logged and reviewed is what the rules let pass."""

from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import assess
from release_portal.pages._coverage import coverage
from release_portal.rules._tagging import taggings
from tests.test_git_rules import CASES, Story, tell


@pytest.mark.parametrize(
    "story",
    [
        Story(before="v0.9.0"),
        CASES["unlogged-commit"],
        CASES["unreviewed-commit"],
        Story(before="v0.9.0", message="feat: first version", extra="fix: twice (API-1)"),
    ],
    ids=["honest", "unlogged", "unreviewed", "no ticket"],
)
def test_pages_and_rules_agree_on_every_commit(story: Story, tmp_path: Path) -> None:
    portal = tell(story, tmp_path)
    assessment = assess(portal, settings.read(portal / "mkdocs.yml"))
    told = [one for one in assessment.findings if one.rule in {"unlogged-commit", "unreviewed-commit"}]

    (covered,) = [made for one in taggings(assessment.portal) if (made := coverage(one))]

    assert covered.commits
    for one in covered.commits:
        named = [finding for finding in told if one.commit.id[:12] in finding.message]
        assert one.logged is not any(finding.rule == "unlogged-commit" for finding in named)
    missed = len(covered.commits) - (covered.reviewed or 0)
    assert bool(missed) is any(finding.rule == "unreviewed-commit" for finding in told)
