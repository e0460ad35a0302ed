"""Which versions of the process exist is asked of the portal's own history, where that counts."""

from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import assess
from release_portal.finding import Severity
from tests.test_git_rules import Story, tell
from tests.test_process_versions import MORE, RAISED, change

RULE = "unknown-process-version"


def severities(portal: Path) -> list[Severity]:
    found = assess(portal, settings.read(portal / "mkdocs.yml")).findings
    return [one.severity for one in found if one.rule == RULE]


def name(portal: Path, version: str) -> None:
    facts = portal / "releases/1.0.0/release.yaml"
    facts.write_text(facts.read_text().replace('process: "1.0"', f'process: "{version}"'))


@pytest.mark.parametrize(
    ("version", "proof", "expected"),
    [
        ("1.0", "signed", []),  # of the past, and in history
        ("1.1", "signed", []),  # today's
        ("0.9", "signed", [Severity.ERROR]),
        ("1.2", "signed", [Severity.ERROR]),
        ("1.0", "roster", []),
        ("0.9", "roster", [Severity.NOTICE]),  # may have been before the portal came into this repository
        ("1.2", "roster", [Severity.ERROR]),  # newer than the document itself: it is nowhere
    ],
)
def test_a_version_is_unknown_only_where_that_can_be_known(
    version: str, proof: str, expected: list[Severity], tmp_path: Path
) -> None:
    portal = tell(Story(before="v0.9.0"), tmp_path)
    change(portal, tmp_path, proof, RAISED, MORE)
    name(portal, version)

    assert severities(portal) == expected
