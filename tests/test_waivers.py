"""A statement that a deliverable does not apply counts when the person whom it names has signed it, as git proves."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal import digest, settings
from release_portal.assess import all_rules, judge
from release_portal.demo._writing import Writer
from release_portal.load import load
from release_portal.progress import State
from release_portal.records.people import Person
from tests.conftest import run
from tests.test_git_rules import ANA, BEN, EVE, FACTS, Story, tell

AS_OF = datetime(2026, 12, 20, tzinfo=UTC)
LATE = datetime(2026, 12, 10, 9, tzinfo=UTC)
REASON = "Agreed in the hall."
STATEMENT = f"not_applicable:\n  '1.1': {{reason: {REASON}, approved_by: ana.silva}}\n"
SIGNED = "releases/1.0.0/signoffs/1.1/ana.silva.yaml"


def waives(signer: Person | None, *, closed: bool = False, reason: str = REASON) -> Story:
    """Ben, a developer, takes the scope away and says that Ana accepted it; somebody commits her sign-off, or nobody."""

    def deed(portal: Path, writer: Writer) -> None:
        facts, before = portal / FACTS, (portal / FACTS).read_text()
        facts.write_text(before.replace("phase: closed", "phase: ship"))
        writer.commit([FACTS], "Open it again", BEN, BEN, LATE, signed=True)
        text = (
            before
            if closed
            else re.sub("closed_at: .*\n", "", before.replace("phase: closed", "phase: ship"))
        )
        facts.write_text(text + STATEMENT)
        for record in ("scope.md", "changes.yaml"):
            (portal / "releases/1.0.0/01-plan" / record).unlink()
        writer.commit(["releases"], "On we go", BEN, BEN, LATE, signed=False)
        if signer:
            (portal / SIGNED).parent.mkdir(parents=True)
            sha = digest.of_lines("1.1", "ana.silva", reason)
            said = "by: ana.silva\nrole: product-owner\ndecision: approve\nmeaning: approved\n"
            (portal / SIGNED).write_text(f"{said}at: {LATE.isoformat()}\ndigest: {sha}\n")
            writer.commit([SIGNED], "Sign", signer, signer, LATE, signed=True)

    return Story(before="v0.9.0", then=deed)


def state_of(story: Story, folder: Path) -> tuple[State, str]:
    """State of the deliverable, and what the rule says of its waiver."""
    portal = tell(story, folder)
    assessment = judge(load(portal, settings.read(portal / "mkdocs.yml"), AS_OF), all_rules())
    told = [f"{one.severity}: {one.message}" for one in assessment.findings if one.rule == "unproved-waiver"]
    [item] = assessment.portal.progress["1.0.0"].delivered_by("scope")
    return item.state, " ".join(told)


def test_a_waiver_that_its_approver_has_signed_counts(tmp_path: Path) -> None:
    assert state_of(waives(ANA), tmp_path) == (State.NOT_APPLICABLE, "")


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (waives(None), "Ana Silva has not signed that"),
        (waives(BEN), "Ana Silva's sign-off does not hold: "),
        (waives(EVE), "Ana Silva's sign-off does not hold: "),
        (waives(ANA, reason="Another one."), "1.1 changed after it was signed"),
        (waives(None, closed=True), "Ana Silva has not signed that"),
    ],
    ids=["nobody", "a developer", "a stranger", "another reason", "closed today as of long ago"],
)
def test_a_waiver_that_nobody_proved_leaves_the_deliverable_missing(
    story: Story, why: str, tmp_path: Path
) -> None:
    state, told = state_of(story, tmp_path)

    assert state in {State.MISSING, State.STALE}
    assert told.startswith("error: ")
    assert why in told


def test_one_that_is_signed_after_the_deployment_is_told(base: Path) -> None:
    release, people = base / "releases/1.0.0", base / "roster/people.yaml"
    held = "      - {role: product-owner, from: 2025-01-01}\n"
    people.write_text(
        people.read_text().replace(held, held + held.replace("product-owner", "compliance-officer"))
    )
    facts, deployments = release / "release.yaml", release / "03-ship/deployments.yaml"
    facts.write_text(facts.read_text() + STATEMENT.replace("1.1", "2.2"))
    deployments.write_text(deployments.read_text().replace("2026-03-02T10", "2026-12-02T10"))
    (release / "signoffs/2.2").mkdir()
    said = "by: ana.silva\nrole: compliance-officer\ndecision: approve\nmeaning: approved\n"
    sha = digest.of_lines("2.2", "ana.silva", REASON)
    (release / "signoffs/2.2/ana.silva.yaml").write_text(f"{said}at: {LATE.isoformat()}\ndigest: {sha}\n")

    told = judge(load(base, settings.read(base / "mkdocs.yml"), AS_OF), all_rules()).findings

    late = [one.message for one in told if one.rule == "sign-off-after-gate"]
    assert late == ["the Compliance Officer signed 2.2 after the deployment to production"]
    assert not [one for one in told if one.rule == "unproved-waiver"]


def test_it_is_signed_by_its_number_and_by_whom_it_names_only(sample: Path) -> None:
    file = sample / "releases/2.4.1/signoffs/5.2/kavita.rao.yaml"
    file.unlink()

    other = run("sign", "2.4.1", "5.2", "--as", "daniel.okafor", cwd=sample)
    done = run("sign", "2.4.1", "5.2", "--as", "kavita.rao", cwd=sample)

    assert (other.code, done.code) == (2, 0)
    assert "release.yaml says that kavita.rao accepts it" in other.err
    assert "role: compliance-officer" in file.read_text()
    assert run("digest", "2.4.1", "5.2", cwd=sample).out.strip() in file.read_text()
    assert "unproved-waiver" not in run("check", cwd=sample).out


def test_status_names_who_has_to_sign_it(sample: Path) -> None:
    facts = sample / "releases/2.5.0/release.yaml"
    statement = 'not_applicable:\n  "7.2": {reason: No board changed, approved_by: kavita.rao}\nfreeze:'
    facts.write_text(facts.read_text().replace("freeze:", statement))

    done = run("status", "2.5.0", "--format", "markdown", cwd=sample)

    assert done.code == 1
    assert "Kavita Rao has not signed that" in done.out
