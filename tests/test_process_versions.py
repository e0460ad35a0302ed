"""A closed release stays what it was: it is judged by the process as it stood when the release's version took effect."""

from datetime import date
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import judge
from release_portal.finding import Severity
from release_portal.load import load
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from tests.conftest import copy_base, run
from tests.test_git_rules import ANA, Keys, Story, Writer, at, judged, tell

PROCESS = "release-process.md"
BULLET = "- Lessons <!-- records: retrospective -->\n- Test summary <!--"


def change(portal: Path, folder: Path, proof: str, *edits: tuple[str, str]) -> None:
    """Change the process document in a commit of its own, and the proof that the portal asks for."""
    process, config = portal / PROCESS, portal / "mkdocs.yml"
    for old, new in edits:
        assert old in process.read_text()
        process.write_text(process.read_text().replace(old, new, 1))
    config.write_text(config.read_text().replace("proof: signed", f"proof: {proof}"))
    Writer(portal, Keys(folder)).commit([PROCESS, "mkdocs.yml"], "Process", ANA, ANA, at(20, 3), signed=True)


RAISED = ('version: "1.0"\neffective: 2026-01-01', 'version: "1.1"\neffective: 2026-03-20')
MORE = ("- Test summary <!--", BULLET)


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    return tell(Story(before="v0.9.0"), tmp_path)


@pytest.mark.parametrize("proof", ["signed", "roster"])
def test_a_later_version_of_the_process_asks_nothing_of_a_closed_release(
    proof: str, portal: Path, tmp_path: Path
) -> None:
    before = judged(portal)
    change(portal, tmp_path, proof, RAISED, MORE)

    assert judged(portal) == before


def test_what_the_later_version_asks_is_asked_of_a_release_that_names_it(
    portal: Path, tmp_path: Path
) -> None:
    change(portal, tmp_path, "signed", RAISED, MORE)
    facts = portal / "releases/1.0.0/release.yaml"
    facts.write_text(facts.read_text().replace('process: "1.0"', 'process: "1.1"'))

    assert "retrospective" in " ".join(judged(portal)["missing-deliverable"])


@pytest.mark.parametrize("proof", ["signed", "roster"])
def test_a_bullet_without_a_new_version_is_told_and_asked_of_nobody(
    proof: str, portal: Path, tmp_path: Path
) -> None:
    before = judged(portal)
    change(portal, tmp_path, proof, MORE)
    told = judged(portal)

    assert [one.partition(":")[0] for one in told.pop("unraised-process-version")] == [PROCESS]
    assert told == before


def test_mended_wording_is_nothing(portal: Path, tmp_path: Path) -> None:
    before = judged(portal)
    change(portal, tmp_path, "signed", ("- Test summary <!--", "- Summary of the tests <!--"))

    assert judged(portal) == before


def test_without_history_a_release_of_an_earlier_version_is_judged_by_todays(
    portal: Path, tmp_path: Path
) -> None:
    change(portal, tmp_path, "roster", RAISED)
    (portal / ".git").rename(tmp_path / "git")

    assert run("check", cwd=portal).code in {0, 1}


@pytest.mark.parametrize(
    ("since", "phase", "severity"),
    [
        (None, "closed", Severity.ERROR),
        (date(2026, 3, 11), "closed", Severity.NOTICE),
        (date(2026, 3, 10), "closed", Severity.ERROR),
        (date(2026, 3, 11), "ship", Severity.ERROR),
    ],
)
def test_a_rule_that_came_later_turns_no_closed_release_red(
    since: date | None, phase: str, severity: Severity, tmp_path: Path
) -> None:
    portal = copy_base(tmp_path / "portal")
    facts = portal / "releases/1.0.0/release.yaml"
    facts.write_text(
        facts.read_text().replace("phase: ship", f"phase: {phase}\nclosed_at: 2026-03-10T10:00:00Z")
    )

    def check(portal: Portal) -> Problems:
        yield Problem(portal.releases[0].location, "wrong", "", "1.0.0")

    rule = Rule("release_portal.rules.new_rule", check, since=since)
    found = judge(load(portal, settings.read(portal / "mkdocs.yml")), (rule,))

    assert [one.severity for one in found.findings] == [severity]
