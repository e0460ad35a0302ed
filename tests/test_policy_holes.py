"""Ways round the policy itself: what a pull request brings along, links, phases that go back, what git lost."""

import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from release_portal import settings
from release_portal.assess import all_rules, judge
from release_portal.demo._writing import Keys, Writer
from release_portal.failure import Misconfigured
from release_portal.load import load
from release_portal.records.people import Person
from tests.conftest import run
from tests.test_git_rules import ANA, BEN, EVE, Story, _git, at, judged, tell

PROCESS, PEOPLE, CONFIG = "release-process.md", "roster/people.yaml", "mkdocs.yml"
RELEASE = "releases/1.0.0"
FACTS, BRIEFING = f"{RELEASE}/release.yaml", f"{RELEASE}/02-test/release-briefing.md"


# Each rule with a history that it has nothing to say of, and an edit of release.yaml after which it has.
EDITS = {
    "phase-behind": (Story(before="v0.9.0"), "phase: closed", "phase: test"),
    "reopened-phase": (Story(before="v0.9.0"), "phase: closed", "phase: plan"),
}


def rephased(portal: Path, phase: str, day: int = 16) -> None:
    """Commit a release in another phase."""
    facts = (portal / FACTS).read_text()
    bring(portal, {FACTS: re.sub(r"(?m)^phase: .*$", f"phase: {phase}", facts)}, f"To {phase}", day)


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """An honest portal, and the branch `base` at its last commit."""
    made = tell(Story(before="v0.9.0"), tmp_path)
    _git(made, "branch", "base")
    return made


def bring(portal: Path, changes: dict[str, str], message: str = "Bring", day: int = 16) -> None:
    """Commit a pull request: the new texts of files, by a person who owns none of them."""
    for path, text in changes.items():
        (portal / path).parent.mkdir(parents=True, exist_ok=True)
        (portal / path).write_text(text)
    Writer(portal, Keys(portal.parent)).commit([*changes], message, EVE, EVE, at(day, 3), signed=True)


def said(portal: Path, rule: str, base: str = "") -> list[str]:
    """What a rule says, without the places."""
    return [one.partition(": ")[2] for one in judged(portal, base).get(rule, [])]


def edited(portal: Path, path: str, old: str, new: str) -> dict[str, str]:
    text = (portal / path).read_text()
    assert old in text
    return {path: text.replace(old, new)}


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [
        (PEOPLE, "people: []\n", "invalid-value"),
        (PEOPLE, "people: [\n", "malformed-yaml"),
        (PROCESS, "x\n", "malformed-process"),
        ("roster/allowed_signers", "ana@example.com nothing\n", "unusable-key"),
    ],
)
def test_the_policy_that_a_pull_request_brings_is_read_too(
    path: str, text: str, rule: str, portal: Path
) -> None:
    assert rule not in judged(portal, "base")
    bring(portal, {path: text})

    assert path in " ".join(judged(portal, "base")[rule])


def test_a_pull_request_without_the_process_document_is_told(portal: Path) -> None:
    (portal / PROCESS).unlink()

    assert judged(portal, "base")["malformed-process"] == [f"{PROCESS}:1:1: no {PROCESS}"]


@pytest.mark.parametrize("link", ["roster", "roster/keys", "releases", CONFIG, PEOPLE, PROCESS])
def test_a_link_on_the_way_to_the_policy_is_refused(link: str, portal: Path) -> None:
    place, elsewhere = portal / link, portal / "elsewhere"
    if link == "roster/keys":
        elsewhere.mkdir()
    else:
        place.rename(elsewhere)
    place.symlink_to(elsewhere)

    done = run("check", cwd=portal)

    assert done.code == 2, done.out + done.err
    assert link in done.err


@pytest.mark.parametrize("files", [(), (".git", "report.txt")])
def test_a_submodule_in_a_release_is_told_and_not_read(files: tuple[str, ...], portal: Path) -> None:
    assert "irregular-file" not in judged(portal)
    commit = "1" * 40  # what a submodule names need not be here
    place = f"{RELEASE}/evidence/other"
    _git(portal, "update-index", "--add", "--cacheinfo", f"160000,{commit},{place}")
    _git(portal, "commit", "-qm", "Bring a submodule")
    (portal / place).mkdir()
    for file in files:
        (portal / place / file).write_text("of another repository")

    found = judge(load(portal, settings.read(portal / CONFIG)), all_rules())

    assert [str(one.location) for one in found.findings if one.rule == "irregular-file"] == [f"{place}:1:1"]
    (release,) = (one for one in found.portal.releases if one.version == "1.0.0")
    assert "evidence/other/report.txt" not in release.evidence


@pytest.mark.parametrize("link", ["roster", PEOPLE, PROCESS])
def test_a_link_in_the_base_branch_is_refused(link: str, portal: Path) -> None:
    place, elsewhere = portal / link, portal / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere)
    _git(portal, "add", "-A")
    _git(portal, "-c", "user.name=e", "-c", "user.email=e@example.com", "commit", "-qm", "Link")
    _git(portal, "branch", "linked")
    place.unlink()
    elsewhere.rename(place)

    with pytest.raises(Misconfigured, match=f"{link} is a link at"):
        judged(portal, "linked")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("proof: signed", "proof: roster"),
        ("required: true", "required: false"),
        ("path: api", "path: releases/1.0.0/evidence/api"),
    ],
)
def test_a_pull_request_cannot_ask_for_less_proof(old: str, new: str, portal: Path, tmp_path: Path) -> None:
    scope = "releases/1.0.0/signoffs/scope/ana.silva.yaml"
    bring(portal, {scope: (portal / scope).read_text() + "# touched\n"})
    before = judged(portal, "base")
    bring(portal, edited(portal, CONFIG, old, new), day=17)
    told = judged(portal, "base")

    assert "unproved-sign-off" in before
    assert told.pop("changed-policy") == ["mkdocs.yml:1:1: changes together with records"]
    assert told == before


def test_repositories_that_the_command_line_requires_stay_required(portal: Path) -> None:
    config = portal / CONFIG
    config.write_text(config.read_text().replace("required: true", "required: false"))
    bring(portal, {CONFIG: config.read_text()})
    _git(portal, "branch", "lenient")
    shutil.rmtree(portal / "api")

    assert run("check", "--base", "lenient", cwd=portal).code in {0, 1}
    assert run("check", "--base", "lenient", "--require-git", cwd=portal).code == 3


def test_other_settings_of_the_site_are_free(portal: Path) -> None:
    briefing = {BRIEFING: (portal / BRIEFING).read_text() + "\nMore.\n"}
    bring(portal, {**edited(portal, CONFIG, "site_name: Base", "site_name: Mine"), **briefing})

    assert "changed-policy" not in judged(portal, "base")


def test_a_base_without_a_portal_is_refused(portal: Path) -> None:
    _git(portal, "checkout", "-q", "--orphan", "empty")
    _git(portal, "rm", "-q", "--cached", CONFIG)
    _git(portal, "-c", "user.name=e", "-c", "user.email=e@example.com", "commit", "-qm", "No portal")

    with pytest.raises(Misconfigured, match=r"the base branch has no mkdocs\.yml"):
        load(portal, settings.read(portal / CONFIG), None, "empty")


def test_a_process_that_only_a_pull_request_knew_governs_nothing(portal: Path) -> None:
    strict, facts = (portal / PROCESS).read_text(), (portal / FACTS).read_text()
    weak = strict.replace('version: "1.0"', 'version: "9.9"').replace("; signed-by: product-owner", "")
    bring(portal, {PROCESS: weak}, "Weaken it")
    bring(portal, {PROCESS: strict, FACTS: facts.replace('process: "1.0"', 'process: "9.9"')}, day=17)

    told = judged(portal, "base")

    assert "there is no version 9.9" in " ".join(told["unknown-process-version"])
    assert told["changed-policy"][0].startswith(f"{PROCESS}:1:1: is put back to what it was")


def test_what_the_base_branch_changed_meanwhile_is_not_the_pull_requests(portal: Path) -> None:
    bring(portal, {PEOPLE: (portal / PEOPLE).read_text() + "# more\n"}, "Roster")
    _git(portal, "branch", "-f", "base")
    bring(portal, {BRIEFING: (portal / BRIEFING).read_text() + "\nMore.\n"}, day=17)

    assert "changed-policy" not in judged(portal, "base")


@pytest.mark.parametrize("rule", EDITS)
def test_a_way_round_is_found(rule: str, tmp_path: Path) -> None:
    story, old, new = EDITS[rule]
    portal = tell(story, tmp_path)
    assert rule not in judged(portal)
    bring(portal, edited(portal, FACTS, old, new))

    assert rule in judged(portal)


def test_a_tag_counts_where_no_deployment_is_on_record(portal: Path) -> None:
    shutil.rmtree(portal / "releases/1.0.0/03-ship")
    rephased(portal, "test")

    assert said(portal, "phase-behind") == ["phase is 'test', but api has its tag 'v1.0.0'"]


def test_a_phase_that_went_back_and_forward_again_is_told_with_who_and_where(portal: Path) -> None:
    rephased(portal, "plan")
    rephased(portal, "closed", 17)
    back = subprocess.run(
        ["git", "rev-parse", "HEAD~1"], cwd=portal, capture_output=True, text=True, check=True
    )

    assert said(portal, "reopened-phase") == [
        f"phase went back from 'closed' to 'plan' in {back.stdout[:12]} by an unknown address, "
        "eve@example.com"
    ]


def begun(portal: Path, phase: str | None) -> None:
    """Begin the portal's history anew, with the release in a phase; without it, for None."""
    shutil.rmtree(portal / ".git")
    writer = Writer(portal, Keys(portal.parent))
    writer.init()
    writer.commit([CONFIG, PROCESS, "roster", ".gitignore"], "Policy", ANA, ANA, at(1, 1), signed=True)
    if phase is None:
        return
    facts = portal / FACTS
    facts.write_text(re.sub(r"(?m)^phase: .*$", f"phase: {phase}", facts.read_text()))
    writer.commit(["releases"], "Records", ANA, ANA, at(2), signed=True)


def merge(portal: Path, *how: str) -> None:
    person = ("-c", "user.name=Eve", "-c", "user.email=eve@example.com")
    _git(portal, *person, "merge", "-q", *how, "-m", "Merge", "side")


def test_a_merge_that_takes_the_earlier_phase_is_told(portal: Path) -> None:
    begun(portal, "plan")
    _git(portal, "checkout", "-q", "-b", "side")
    rephased(portal, "ship", 17)
    _git(portal, "checkout", "-q", "-")
    merge(portal, "-s", "ours")

    assert " had put it to 'ship'" in " ".join(judged(portal)["reopened-phase"])


def test_branches_beside_one_another_are_no_way_back(portal: Path) -> None:
    """One branch moves the release on; the other, made later from where both began, leaves its phase alone."""
    begun(portal, "plan")
    _git(portal, "checkout", "-q", "-b", "side")
    bring(portal, edited(portal, FACTS, "title: First release", "title: First"), day=18)
    _git(portal, "checkout", "-q", "-")
    rephased(portal, "closed", 17)
    merge(portal)

    assert "reopened-phase" not in judged(portal)
    assert "phase: closed" in (portal / FACTS).read_text()


def test_a_misspelt_phase_that_was_mended_is_no_way_back(portal: Path) -> None:
    begun(portal, "plam")
    rephased(portal, "plan")

    assert "reopened-phase" not in judged(portal)


def tagged(portal: Path, person: Person, target: str, name: str = "v1.0.0") -> None:
    """Make a tag of the product again, signed by a person."""
    if name == "v1.0.0":
        _git(portal / "api", "tag", "-d", name)
    Writer(portal / "api", Keys(portal.parent)).tag(name, "1.0.0", target, person, at(26))


def test_a_tag_of_a_tag_is_told(portal: Path) -> None:
    commit = target(portal)
    tagged(portal, ANA, commit, "inner")
    tagged(portal, ANA, "inner")

    assert said(portal, "nested-tag") == ["tag 'v1.0.0' stands for another tag"]
    assert "moved-tag" not in judged(portal)


@pytest.mark.parametrize("what", ["tree", "file"])
@pytest.mark.parametrize("recorded", [True, False])
def test_a_tag_on_a_tree_or_file_is_told_as_that(what: str, *, recorded: bool, tmp_path: Path) -> None:
    portal = tell(Story(before="v0.9.0", recorded=recorded), tmp_path)
    tagged(portal, ANA, "HEAD^{tree}" if what == "tree" else "HEAD:api.py")

    told = [
        one
        for rule in ("moved-tag", "record-without-tag", "untagged-deployment")
        for one in judged(portal).get(rule, [])
    ]

    assert len(told) == 2
    assert all(f"tag 'v1.0.0' stands for a {what}, not for a commit" in one for one in told)


def test_of_two_tags_that_spell_one_version_none_is_called_missing(tmp_path: Path) -> None:
    told = judged(tell(Story(also="1.0.0", recorded=False), tmp_path))

    assert "ambiguous-tag" in told
    assert not {"record-without-tag", "untagged-deployment"} & set(told)


@pytest.mark.parametrize(("who", "allowed"), [(ANA, True), (BEN, False), (EVE, False)])
def test_a_tag_is_for_the_release_manager_to_make(who: Person, *, allowed: bool, portal: Path) -> None:
    tagged(portal, who, target(portal))
    told = judged(portal)

    assert ("unauthorised-tagger" not in told) == allowed, told
    assert "moved-tag" not in told


def test_a_release_manager_of_another_time_may_not_tag(portal: Path) -> None:
    bring(
        portal,
        edited(portal, PEOPLE, "release-manager, from: 2025-01-01", "release-manager, from: 2026-02-27"),
    )
    before = said(portal, "unauthorised-tagger")
    bring(
        portal,
        edited(portal, PEOPLE, "release-manager, from: 2026-02-27", "release-manager, from: 2026-02-26"),
    )

    assert before == ["tag 'v1.0.0' is by Ana Silva, no Release Manager on 2026-02-26"]
    assert "unauthorised-tagger" not in judged(portal)


def test_where_no_role_may_tag_any_holder_of_a_role_does(portal: Path) -> None:
    people = edited(portal, PEOPLE, "      - {role: release-manager, from: 2025-01-01}\n", "")
    process = edited(portal, PROCESS, "  release-manager: Release Manager\n", "")
    raised = process[PROCESS].replace('version: "1.0"', 'version: "1.1"')
    bring(portal, {**people, PROCESS: raised, **edited(portal, FACTS, 'process: "1.0"', 'process: "1.1"')})
    assert "unauthorised-tagger" not in judged(portal)
    tagged(portal, EVE, target(portal))

    found = judge(load(portal, settings.read(portal / CONFIG)), all_rules()).findings

    assert [one.severity for one in found if one.rule == "unauthorised-tagger"] == ["warning"]


def target(portal: Path) -> str:
    """The commit that the release's tag stands for."""
    command = ["git", "rev-parse", "v1.0.0^{commit}"]
    return subprocess.run(
        command, cwd=portal / "api", capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_deleted_release_is_told_with_who_and_where(portal: Path) -> None:
    assert "deleted-release" not in judged(portal)
    writer = Writer(portal, Keys(portal.parent))
    shutil.rmtree(portal / RELEASE)
    on_disk = said(portal, "deleted-release")
    gone = writer.commit([RELEASE], "Tidy up", BEN, BEN, at(16, 3), signed=True)

    assert on_disk == ["release 1.0.0 is in HEAD, and not on disk"]
    assert said(portal, "deleted-release") == [f"release 1.0.0 is deleted, in {gone[:12]} by Ben Cole"]
    for format_ in ("text", "json", "markdown"):  # no release is left to tell it of
        status = run("status", "--format", format_, cwd=portal)
        assert (status.code, f"1.0.0 is deleted, in {gone[:12]} by Ben Cole" in status.out) == (1, True)
    _git(portal, "checkout", "-q", f"{gone}~", "--", RELEASE)
    assert "deleted-release" not in judged(portal)


@pytest.mark.parametrize("left", ["", "signoffs/scope/ana.silva.yaml"])
def test_a_release_that_got_another_version_is_not_deleted_if_all_of_it_moved(
    left: str, portal: Path
) -> None:
    (portal / RELEASE).rename(portal / "releases/2.0.0")
    if left:
        (portal / "releases/2.0.0" / left).unlink()
    renamed = ["releases/2.0.0", RELEASE]
    Writer(portal, Keys(portal.parent)).commit(renamed, "Rename", BEN, BEN, at(16, 3), signed=True)

    assert ("deleted-release" in judged(portal)) == bool(left)


def test_a_release_that_a_merge_leaves_out_is_deleted(portal: Path) -> None:
    _git(portal, "checkout", "-q", "-b", "side")
    planned = {"releases/1.1.0/release.yaml": (portal / FACTS).read_text().replace("1.0.0", "1.1.0")}
    bring(portal, planned)
    _git(portal, "checkout", "-q", "-")
    assert "deleted-release" not in judged(portal)
    merge(portal, "-s", "ours")

    assert said(portal, "deleted-release") == [
        "release 1.1.0 is in the history, and a merge left it out",
    ]


@pytest.mark.parametrize("attributes", ["", "template"])
def test_line_ends_that_a_checkout_changed_are_told_and_the_template_prevents_them(
    attributes: str, portal: Path
) -> None:
    from release_portal.scaffold import GITATTRIBUTES

    copy = portal.parent / "copy"
    text = GITATTRIBUTES if attributes else "# none\n"
    bring(portal, {".gitattributes": text})
    _git(portal, "clone", "-q", "-c", "core.autocrlf=true", ".", str(copy))
    shutil.copytree(portal / "api", copy / "api")

    found = judge(load(copy, settings.read(copy / CONFIG)), all_rules()).findings

    hints = [one.hint for one in found if one.rule == "wrong-digest"]
    assert [hint.partition(":")[0] for hint in hints] == ([] if attributes else ["only line ends differ"])


@pytest.mark.parametrize(
    ("effective", "committed", "told"),
    [("2026-01-20", at(15, 1), True), ("2026-02-02", at(15, 1), False), ("2026-01-20", at(3), False)],
)
def test_a_version_that_was_replaced_when_the_release_began_is_told(
    effective: str, committed: datetime, *, told: bool, portal: Path
) -> None:
    """The release begins on 2 February, with its first commit."""
    old, release = (portal / PROCESS).read_text(), portal / RELEASE
    release.rename(portal / "kept")
    begun(portal, None)
    writer = Writer(portal, Keys(portal.parent))
    new = old.replace('version: "1.0"', 'version: "1.1"').replace("2026-01-01", effective)
    steps = [(committed, PROCESS), (at(2), RELEASE)]
    for when, path in sorted(steps):
        if path == RELEASE:
            (portal / "kept").rename(release)
        else:
            (portal / PROCESS).write_text(new)
        writer.commit([path], path, ANA, ANA, when, signed=True)

    assert ("superseded-process" in judged(portal)) == told
