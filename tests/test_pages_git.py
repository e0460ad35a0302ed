"""What pages show of git: who committed what and when, what a tag proves, and the population of releases."""

import csv
import hashlib
import html
import io
import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal import book
from release_portal.assess import Assessment, assess
from release_portal.demo._writing import Keys, Writer
from release_portal.pages._csv import csv_text
from release_portal.pages._difference import difference
from release_portal.pages._page import Page
from release_portal.pages._population import RULES
from release_portal.pages._sample import MOST, number
from release_portal.records.people import Person
from release_portal.settings import read
from tests.conftest import Run, copy_sample, run
from tests.test_git_rules import ANA, BEN, CASES, EVE, HONEST, Story, tell

GREEN = "rp-status--done"
POPULATION = "registers/population/"
HOSTILE = "<script>alert(1)</script> =HYPERLINK(1)"
Site = Mapping[str, Page]


def judge(root: Path) -> Assessment:
    return assess(root, read(root / "mkdocs.yml"))


def pages(assessment: Assessment) -> Site:
    """Every page made from records, by its address from the site's root."""
    made = [*book.portal_pages(assessment)]
    for release in assessment.portal.releases:
        made += book.release_pages(assessment, release)
    return {page.uri: page for page in made}


def words(markup: str) -> str:
    """What a reader sees of a piece of HTML, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def section(page: Page, id_: str) -> str:
    """The HTML from the h2 of an id to the next h2."""
    parts = re.split(r"(?=<h2)", page.html)
    return next(part for part in parts if part.startswith(f'<h2 id="{id_}"'))


def row(markup: str, *texts: str) -> str:
    """The one row that shows all of some texts, with its detail rows."""
    body = markup.partition("<tbody>")[2]
    pattern = r'<tr(?! class="rp-detail).*?</tr>(?:\s*<tr class="rp-detail.*?</tr>)*'
    found = re.findall(pattern, body, re.DOTALL)
    (one,) = (candidate for candidate in found if all(text in words(candidate) for text in texts))
    return one


def commands(markup: str) -> list[str]:
    """The commands of a piece of HTML, as they are copied."""
    found = re.findall(r"<pre><code>(.*?)</code></pre>", markup, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)) for one in found]


def shell(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader does, with the tool at hand and no key list of their own."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    settings = {**os.environ, "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull, **environment}
    return subprocess.run(["bash", "-c", command], cwd=folder, env=settings, capture_output=True, text=True)


def fingerprint(portal: Path, address: str) -> str:
    """Fingerprint of a person's key, as ssh-keygen reads it off the key list."""
    lines = (portal / "roster/allowed_signers").read_text().splitlines()
    (key,) = (" ".join(line.split()[2:4]) for line in lines if line.startswith(f"{address} "))
    done = subprocess.run(
        ["ssh-keygen", "-l", "-f", "-"], input=key, capture_output=True, text=True, check=True
    )
    return done.stdout.split()[1]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def assessment(demo: tuple[Path, Run]) -> Assessment:
    return judge(demo[0])


@pytest.fixture(scope="module")
def site(assessment: Assessment) -> Site:
    return pages(assessment)


@pytest.fixture(scope="module")
def tampered(demo: tuple[Path, Run], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Site]:
    """A demo in which things were done that an auditor wants to see, and its pages."""
    folder = tmp_path_factory.mktemp("tampered")
    portal = Path(shutil.copytree(demo[0], folder / "portal"))
    writer, now = Writer(portal, Keys(folder)), datetime(2026, 11, 25, tzinfo=UTC)
    arjun = Person(id="arjun.nair", name="Arjun Nair", emails=("arjun.nair@dealsphere.example",), roles=())

    def add(path: str, text: str) -> None:
        (portal / path).write_text((portal / path).read_text() + text)

    add("releases/2.6.0/01-planning/scope.md", "\nOne thing more.\n")
    writer.commit(["releases/2.6.0/01-planning"], "2.6.0: one thing more", arjun, arjun, now, signed=False)
    add("releases/2.4.0/01-planning/cab-minutes.md", "\nAn afterthought.\n")
    writer.commit(["releases/2.4.0"], f"2.4.0: afterthought {HOSTILE}", EVE, BEN, now, signed=False)
    add("releases/2.5.0/01-planning/scope.md", "\nNot committed.\n")
    add("releases/2.5.0/07-deployment/dashboards.yaml", "# not committed\n")
    signoff = portal / "releases/2.4.1/signoffs/changes/kavita.rao.yaml"
    signoff.write_text(f"{signoff.read_text()}note: rewritten by somebody else\n")
    writer.commit(["releases/2.4.1/signoffs"], "2.4.1: help out", EVE, EVE, now, signed=False)
    product = portal / "repositories/platform"
    head = git(product, "rev-parse", "HEAD")
    maker = Writer(product, Keys(folder))
    maker.tag("v2.9.0", "unknown", head, EVE, datetime(2026, 11, 24, 12, tzinfo=UTC))
    maker.tag("v2.6.0-rc.1", "candidate", head, EVE, datetime(2026, 11, 24, 12, tzinfo=UTC))
    git(product, "tag", "--force", "v2.4.1", "v2.5.0^{commit}")
    return portal, pages(judge(portal))


# Evidence


def test_each_deliverable_has_its_first_and_last_commit_as_git_log_has_them(
    site: Site, demo: tuple[Path, Run]
) -> None:
    line = row(section(site["releases/2.4.0/evidence/"], "deliverables"), "10.1 Retrospective/post-mortem")
    paths = [f"releases/2.4.0/10-retrospective/{name}" for name in ("retrospective.md", "actions.yaml")]
    commits = git(demo[0], "log", "--reverse", "--format=%H %as", "--", *paths).splitlines()
    for commit, day in (commits[0].split(), commits[-1].split()):
        assert f'data-rp-copy="{commit}"' in line
        assert day in words(line)
    assert "Meera Iyer" in words(line)


def test_the_sheet_names_the_last_commit_that_changed_its_records(site: Site, demo: tuple[Path, Run]) -> None:
    shown = site["releases/2.4.0/evidence/"].html
    last = git(demo[0], "log", "-1", "--format=%H", "--", "releases/2.4.0")
    assert re.search(rf"Portal commit</dt><dd>.*?data-rp-copy=\"{last}\"", shown)
    assert f"Records {last[:12]}" in words(shown.partition("<header")[0])


def test_a_record_that_came_after_the_deployment_is_marked_with_its_commit(site: Site) -> None:
    late = row(section(site["releases/2.4.1/evidence/"], "deliverables"), "2.1 Risk assessment report")
    assert "Retroactive" in words(late)
    assert "1 record first committed after the deployment" in words(late)
    assert "02-compliance/risk-assessment.yaml 2.4.1: risk assessment" in words(late)
    assert "Retroactive" not in words(section(site["releases/2.4.0/evidence/"], "deliverables"))


def test_a_change_after_closure_is_listed_and_only_a_living_record_may_have_one(
    site: Site, tampered: tuple[Path, Site]
) -> None:
    honest = section(site["releases/2.4.0/evidence/"], "deliverables")
    assert "1 change after closure, in a record that goes on" in words(
        row(honest, "10.1 Retrospective/post-mortem")
    )
    assert "Amended" not in words(honest)
    forged = section(tampered[1]["releases/2.4.0/evidence/"], "deliverables")
    line = row(forged, "1.2 CAB/steering committee")
    assert "Amended" in words(line)
    assert "1 change after closure 2026-11-25 00:00 UTC" in words(line)
    assert "Eve Mallory 01-planning/cab-minutes.md 2.4.0: afterthought" in words(line)


def test_what_no_commit_has_is_told(tampered: tuple[Path, Site]) -> None:
    line = row(section(tampered[1]["releases/2.5.0/evidence/"], "deliverables"), "1.1 Release scope doc")
    assert "Differs here" in words(line)
    assert "Not as committed: 01-planning/scope.md" in words(line)


def test_what_no_commit_has_is_never_done(tampered: tuple[Path, Site], site: Site) -> None:
    honest, forged = (one["releases/2.5.0/evidence/"] for one in (site, tampered[1]))
    line = row(section(forged, "deliverables"), "7.2 Monitoring and security dashboards")
    status = re.search(r'<td data-label="Status">(.*?)</td>', line, re.DOTALL)
    assert status is not None
    assert words(status[1]) == "Not as committed"
    assert GREEN not in status[1]
    phase = re.compile(r'<tr class="rp-group"[^>]*><th[^>]*>7 .*?</tr>', re.DOTALL)
    before, after = (phase.findall(section(one, "deliverables"))[0] for one in (honest, forged))
    assert "Done no sign-off required" in words(before)
    assert GREEN in re.findall(r'<tr class="rp-group"[^>]*><th[^>]*>6 .*?</tr>', honest.html, re.DOTALL)[0]
    assert words(after).endswith("Not as committed")
    assert "not as committed" in words(forged.html.partition("</header>")[0])
    done = [int(words(one.html).partition(" of 27 done")[0].split()[-1]) for one in (honest, forged)]
    assert done[1] < done[0]


def test_a_sheet_is_not_complete_where_a_file_differs(demo: tuple[Path, Run], tmp_path: Path) -> None:
    portal = Path(shutil.copytree(demo[0], tmp_path / "portal"))
    log = portal / "releases/2.4.0/10-retrospective/actions.yaml"
    log.write_text(f"{log.read_text()}# not committed\n")
    head = pages(judge(portal))["releases/2.4.0/evidence/"].html.partition("</header>")[0]
    assert "Complete" not in words(head)
    assert GREEN not in head


def test_every_key_stands_with_its_whole_fingerprint_its_owner_and_who_listed_it(
    site: Site, demo: tuple[Path, Run]
) -> None:
    helen, meera = (
        fingerprint(demo[0], f"{name}@dealsphere.example") for name in ("helen.byrne", "meera.iyer")
    )
    listed = git(demo[0], "log", "--format=%H", "--diff-filter=A", "--", "roster/allowed_signers")
    for path in ("evidence/", "signoffs/"):
        keys = section(site[f"releases/2.4.0/{path}"], "keys")
        line = row(keys, helen, "Helen Byrne helen.byrne@dealsphere.example", "2 sign-offs")
        assert "SSH" in words(line)
        assert f'data-rp-copy="{listed}"' in line
        assert "tag v2.4.0" in words(row(keys, meera))


def test_each_sign_off_and_tag_tells_its_key(site: Site, demo: tuple[Path, Run]) -> None:
    helen, meera = (
        f'data-rp-copy="{fingerprint(demo[0], f"{name}@dealsphere.example")}"'
        for name in ("helen.byrne", "meera.iyer")
    )
    assert helen in row(section(site["releases/2.4.0/signoffs/"], "signoffs"), "Helen Byrne", "2026-06-09")
    assert helen in row(
        section(site["releases/2.4.0/evidence/"], "deliverables"), "1.2 CAB/steering committee"
    )
    assert helen in row(
        section(site["releases/2.4.0/history/"], "records"), "approve cab-minutes as cab-chair"
    )
    csv = dict(site[POPULATION].files)["population.csv"]
    (tagged,) = (line for line in csv.splitlines() if line.startswith("2.4.0,"))
    assert fingerprint(demo[0], "meera.iyer@dealsphere.example") in tagged
    for path in ("deployment/", "evidence/"):
        fact = re.search(
            r"<dt>Tag, platform</dt><dd>(.*?)</dd>", site[f"releases/2.4.0/{path}"].html, re.DOTALL
        )
        assert fact is not None
        assert meera in fact[1]


def test_a_key_that_nobody_listed_is_told_as_such(tmp_path: Path) -> None:
    line = row(
        section(pages(judge(tell(CASES["unproved-tag"], tmp_path)))["releases/1.0.0/evidence/"], "keys"),
        "tag v1.0.0",
    )
    assert "Not listed" in words(line)
    assert "rp-row--error" in line


def test_in_a_clone_the_commands_prove_tag_and_sign_offs(
    site: Site, demo: tuple[Path, Run], tmp_path: Path
) -> None:
    page = site["releases/2.4.0/evidence/"]
    clone, _, log, tag, check, _ = commands(section(page, "repeat"))
    git(tmp_path, "clone", "--quiet", str(demo[0]), "clone")
    folder = tmp_path / "clone"
    assert shell(check, folder).returncode != 0
    address = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_VALUE_0": "https://git.dealsphere.example/platform"}
    address["GIT_CONFIG_KEY_0"] = f"url.{demo[0]}/repositories/platform.insteadOf"
    assert shell(clone, folder, **address).returncode == 0
    for line in shell(log, folder).stdout.splitlines():
        _, _, state, signer, key, _, committer, *_ = line.split()
        assert (state, signer) == ("G", committer)
        assert key == fingerprint(demo[0], signer)
    proof = shell(tag, folder)
    assert 'Good "git" signature for meera.iyer@dealsphere.example' in proof.stderr
    assert fingerprint(demo[0], "meera.iyer@dealsphere.example") in proof.stderr
    assert f'data-rp-copy="{proof.stdout.strip()}"' in page.html
    told = shell(check, folder)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "action A-2 of 2.4.0 (IMP-32) is overdue since 2026-10-31" in told.stdout
    assert "action A-2 of 2.4.0 (IMP-32) is overdue since 2026-10-31" in words(section(page, "findings"))
    assert "1 warning" in words(page.html.partition("</header>")[0])


def test_the_last_command_finds_what_changed_vanished_or_came(
    site: Site, demo: tuple[Path, Run], tmp_path: Path
) -> None:
    page = site["releases/2.4.0/evidence/"]
    command = commands(section(page, "repeat"))[-1]
    ((name, sums),) = page.files
    (tmp_path / name).write_text(sums)
    folder = Path(shutil.copytree(demo[0] / "releases/2.4.0", tmp_path / "releases/2.4.0"))
    same = shell(command, tmp_path)
    assert (same.returncode, same.stdout) == (0, "")
    (folder / "release.yaml").write_text("changed")
    (folder / "references.yaml").unlink()
    (folder / "evidence/extra.txt").write_text("nobody lists me")
    found = shell(command, tmp_path).stdout.splitlines()
    told = {(line[0], line.split()[-1]) for line in found if line[0] in "<>"}
    assert told == {
        ("<", "release.yaml"),
        (">", "release.yaml"),
        ("<", "references.yaml"),
        (">", "evidence/extra.txt"),
    }


# Sign-offs


def test_each_sign_off_stands_with_the_commit_that_holds_it(site: Site, demo: tuple[Path, Run]) -> None:
    line = row(section(site["releases/2.4.0/signoffs/"], "signoffs"), "Helen Byrne", "2026-06-09")
    path = "releases/2.4.0/signoffs/cab-minutes/helen.byrne.yaml"
    commit, at = git(demo[0], "log", "--format=%H %ct", "--", path).split()
    assert f'data-rp-copy="{commit}"' in line
    assert datetime.fromtimestamp(int(at), UTC).strftime("%Y-%m-%d %H:%M UTC") in words(line)
    assert "Signed Signed commit" in words(line)


def test_a_change_in_the_second_of_a_sign_off_is_later_all_the_same(tmp_path: Path) -> None:
    scope = "releases/1.0.0/01-plan/scope.md"
    changed: list[str] = []

    def deed(portal: Path, writer: Writer) -> None:
        (portal / scope).write_text((portal / scope).read_text() + "\nMore.\n")
        signed = datetime(2026, 2, 3, 9, tzinfo=UTC)  # when scope was signed, by the committer's clock
        changed.append(writer.commit([scope], "More", ANA, ANA, signed, signed=True))

    portal = tell(Story(then=deed), tmp_path)

    assert changed[0][:12] in section(pages(judge(portal))["releases/1.0.0/signoffs/"], "signoffs")
    (one,) = json.loads(run("status", "1.0.0", "--format", "json", cwd=portal).out)["releases"]
    assert [thing["since"] for thing in one["open"] if thing["kind"] == "stale"] == [
        "2026-02-03T09:00:00+00:00"
    ]


def test_a_stale_sign_off_names_the_commit_that_made_it_so(tampered: tuple[Path, Site]) -> None:
    portal, site = tampered
    stale = section(site["releases/2.6.0/signoffs/"], "signoffs")
    line = row(stale, "Arjun Nair", "Product Owner")
    commit = git(portal, "log", "-1", "--format=%H", "--", "releases/2.6.0/01-planning/scope.md")
    assert "Stale: 01-planning/scope.md changed after this sign-off." in words(line)
    assert f'data-rp-copy="{commit}"' in line
    assert "2.6.0: one thing more" in words(line)


def test_a_sign_off_that_somebody_else_touched_says_who(tampered: tuple[Path, Site]) -> None:
    line = row(section(tampered[1]["releases/2.4.1/signoffs/"], "signoffs"), "kavita.rao", "rewritten")
    assert "In roster" in words(line)
    assert "In the roster only: Eve Mallory <eve@example.com> wrote the commit" in words(line)
    assert "rp-row--warning" in line


# Tags


@pytest.mark.parametrize(
    ("story", "told", "green"),
    [
        (Story(), "Good signature SSH key", True),
        (CASES["lightweight-tag"], "Unsigned Lightweight: no tagger, no time", False),
        (CASES["unproved-tag"], "Untrusted key the key is not in the key list", False),
        (Story(tag_key=BEN), "Another person the key is", False),
        (Story(tag_key=None), "Unsigned Annotated by Ana Silva", False),
        (CASES["misnamed-tag"], "Bad the tag object is that of v0.9.9", False),
        (CASES["record-without-tag"], "Not tagged", False),
        (CASES["unchecked-repository"], "Not checked here", False),
    ],
)
def test_a_tag_is_green_only_when_it_is_verified(
    story: Story, told: str, *, green: bool, tmp_path: Path
) -> None:
    facts = section(pages(judge(tell(story, tmp_path)))["releases/1.0.0/"], "facts")
    fact = re.search(r"<dt>Tag, api</dt><dd>(.*?)</dd>", facts, re.DOTALL)
    if told == "Not tagged":
        assert fact is None
        return
    assert fact is not None
    assert told in words(fact[1])
    assert (GREEN in fact[1]) is green


def test_a_moved_tag_is_not_at_the_recorded_commit(site: Site, tampered: tuple[Path, Site]) -> None:
    honest, moved = (section(one["releases/2.4.1/"], "facts") for one in (site, tampered[1]))
    assert "As recorded" in words(honest)
    assert "As recorded" not in words(moved)
    assert "Moved recorded is" in words(moved)


# History


def test_every_commit_of_the_folder_is_there(site: Site, demo: tuple[Path, Run]) -> None:
    for version in ("2.4.0", "2.4.1", "2.5.0", "2.6.0"):
        shown = section(site[f"releases/{version}/history/"], "records")
        commits = git(demo[0], "log", "--format=%H", "--", f"releases/{version}").splitlines()
        assert re.findall(r'<td data-label="Commit">.*?data-rp-copy="([0-9a-f]{40})"', shown) == commits


def test_a_commit_tells_who_made_it_for_whom_and_whether_its_signature_was_checked(
    site: Site, tampered: tuple[Path, Site]
) -> None:
    honest = section(site["releases/2.4.0/history/"], "records")
    signed = row(honest, "approve cab-minutes as cab-chair")
    assert "added signoffs/cab-minutes/helen.byrne.yaml Helen Byrne" in words(signed)
    assert "Good signature" in words(signed)
    assert "Signed, not checked" in words(row(honest, "2.4.0: cab minutes"))
    assert GREEN not in row(honest, "2.4.0: cab minutes")
    forged = row(section(tampered[1]["releases/2.4.0/history/"], "records"), "afterthought")
    assert "Eve Mallory eve@example.com , not in the roster committed by Ben Cole" in words(forged)
    assert "Unsigned" in words(forged)
    assert "<script>" not in forged


def test_what_was_not_verified_says_why_and_how(site: Site, demo: tuple[Path, Run]) -> None:
    shown = section(site["releases/2.4.0/history/"], "records")
    left = words(shown).count("Signed, not checked")
    assert f"the other {left} signed ones are not checked here" in words(shown)
    (command,) = commands(shown)
    lines = shell(command, demo[0]).stdout.splitlines()
    assert len(lines) == shown.count('<td data-label="Commit">')
    assert {line.split()[2] for line in lines} == {"G"}


def groups(markup: str) -> list[tuple[str, list[str]]]:
    """The headings of a history, each with the commits below it."""
    found = []
    for part in re.split(r'(?=<tr class="rp-group")', markup.partition("<tbody>")[2])[1:]:
        heading, _, rest = part.partition("</tr>")
        found.append((words(heading), [words(one) for one in re.findall(r"<tr.*?</tr>", rest, re.DOTALL)]))
    return found


def test_the_history_is_cut_at_each_move_the_decision_the_deployment_and_the_closure(
    site: Site, demo: tuple[Path, Run]
) -> None:
    told = groups(section(site["releases/2.4.0/history/"], "records"))
    headings = [heading for heading, _ in told]
    moves = git(demo[0], "log", "--format=%s", "--", "releases/2.4.0/release.yaml").splitlines()
    assert headings[0].startswith("After closure 2026-07-31 12:00 UTC · 1 commit")
    # Nothing was committed between the move to deployment and the deployment, so that gate heads no commits.
    cut = [move for move in moves if move not in {"2.4.0: close", "2.4.0: enter deployment"}]
    assert [move for heading in headings for move in moves if f"After {move} " in heading] == cut
    decision = next(
        at for at, heading in enumerate(headings) if "After the go decision 2026-07-13" in heading
    )
    deployment = next(
        at for at, heading in enumerate(headings) if "After the deployment to production" in heading
    )
    assert deployment < decision
    assert any("approve go-no-go as cab-chair" in commit for commit in told[decision][1])
    assert headings[-1].startswith("At the start")


def test_what_the_decision_rested_on_and_changed_after_it_is_marked(
    site: Site, demo: tuple[Path, Run], tmp_path: Path
) -> None:
    portal = Path(shutil.copytree(demo[0], tmp_path / "portal"))
    scope = portal / "releases/2.4.0/01-planning/scope.md"
    scope.write_text(f"{scope.read_text()}\nOne thing more.\n")
    at = datetime(2026, 7, 13, 9, tzinfo=UTC)
    Writer(portal, Keys(tmp_path)).commit(
        [str(scope.relative_to(portal))], "2.4.0: more", EVE, EVE, at, signed=False
    )
    history = pages(judge(portal))["releases/2.4.0/history/"]
    late = row(section(history, "records"), "2.4.0: more")
    assert "After the go decision" in words(late)
    assert "rp-row--warning" in late
    for commit in ("approve go-no-go as cab-chair", "go/no-go decision", "deployment records"):
        assert "After the go decision" not in words(row(section(history, "records"), f"2.4.0: {commit}"))


def test_the_commits_of_the_range_stand_with_ticket_and_coverage(site: Site, demo: tuple[Path, Run]) -> None:
    shown = section(site["releases/2.4.1/history/"], "commits-1")
    product = demo[0] / "repositories/platform"
    commits = git(product, "log", "--format=%H", "v2.4.0..v2.4.1").splitlines()
    assert re.findall(r'data-rp-copy="([0-9a-f]{40})"', shown) == commits
    assert "Range v2.4.0..v2.4.1" in words(shown)
    assert "In the change log 3 / 3" in words(shown)
    assert "Logged Seen" in words(row(shown, "pause one rail"))


def test_a_commit_that_nobody_logged_or_reviewed_is_not_covered(tmp_path: Path) -> None:
    unlogged = pages(judge(tell(CASES["unlogged-commit"], tmp_path / "one")))["releases/1.0.0/history/"]
    line = row(section(unlogged, "commits-1"), "chore: tidy up")
    assert "None Not logged Not seen" in words(line)
    assert "In the change log 1 / 2" in words(section(unlogged, "commits-1"))
    late = pages(judge(tell(CASES["unreviewed-commit"], tmp_path / "two")))["releases/1.0.0/history/"]
    assert "Logged Not seen" in words(row(section(late, "commits-1"), "fix: one more"))
    assert "Logged Seen" in words(row(section(late, "commits-1"), "feat: first version"))


# Population


def versions(page: Page) -> str:
    """The rows of the population: those on the page, or all where some come from files."""
    files = [json.loads(text) for name, text in page.files if name.startswith("rows-")]
    rows = "".join(row for part in files for row in part)
    return f"<tbody>{rows}</tbody>" if rows else str(section(page, "versions"))


def test_the_honest_population_is_reconciled(site: Site, demo: tuple[Path, Run]) -> None:
    page = site[POPULATION]
    table = versions(page)
    assert (
        words(page.html.partition("</header>")[0])
        .partition("a record without a tag.")[2]
        .strip()
        .startswith("Reconciled")
    )
    for version, state in {"2.6.0": "No tag yet", "2.3.0": "Before the records"}.items():
        assert state in words(row(table, version))
        assert GREEN not in row(table, version).partition('data-label="State"')[2]
    for version, n in {"2.5.0": 9, "2.4.1": 3, "2.4.0": 9}.items():
        assert f"{n} / {n} {n} commits {n} / {n} Reconciled" in words(row(table, f"v{version}", "Reconciled"))
    head = git(demo[0] / "repositories/platform", "rev-parse", "HEAD")
    assert f'data-rp-copy="{head}"' in section(page, "source")
    assert "4 of 4 tags those that spell v{version}" in words(section(page, "source"))
    assert re.search(r"release-portal \d+\.\d+\.\d+ as of ", words(section(page, "source")))


def test_what_does_not_match_is_open_with_the_rule(tampered: tuple[Path, Site]) -> None:
    page = tampered[1][POPULATION]
    table = versions(page)
    assert "Open Open: tag-without-record" in words(row(table, "2.9.0"))
    assert "Pre-release needs no record of its own" in words(row(table, "2.6.0-rc.1"))
    assert "moved-tag" in words(row(table, "v2.4.1"))
    assert "recorded is" in words(row(table, "v2.4.1"))
    lists = section(page, "both-directions")
    assert "Tags without a record 1" in words(row(lists, "Tags without a record"))
    assert "tag 'v2.9.0' of platform has no record" in words(row(lists, "Tags without a record"))
    assert 'href="../../rules/tag-without-record/"' in row(lists, "Tags without a record")


@pytest.mark.parametrize("rule", sorted(set(CASES) & set(RULES)))
def test_page_and_check_never_disagree(rule: str, tmp_path: Path) -> None:
    judged = judge(tell(CASES[rule], tmp_path))
    page = pages(judged)[POPULATION]
    told = [one for one in judged.findings if one.rule == rule]
    open_rows = re.findall(r'class="rp-row--(?:error|warning)".*?</tr>', versions(page), re.DOTALL)
    assert told
    assert any(f"rules/{rule}/" in one for one in open_rows)
    assert "Reconciled" not in " ".join(words(one) for one in open_rows)
    lists = section(page, "both-directions")
    if f"rules/{rule}/" in lists:
        assert all(one.message in words(lists) for one in told)


@pytest.mark.parametrize("story", HONEST)
def test_nothing_is_open_where_all_is_honest(story: Story, tmp_path: Path) -> None:
    table = versions(pages(judge(tell(story, tmp_path)))[POPULATION])
    assert "rp-row--" not in table


def test_the_table_is_written_beside_the_page_as_csv(site: Site, tampered: tuple[Path, Site]) -> None:
    name, text = site[POPULATION].files[0]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert name == "population.csv"
    assert [one["version"] for one in rows] == ["2.6.0", "2.5.0", "2.4.1", "2.4.0", "2.3.0"]
    assert (rows[3]["commits"], rows[3]["logged"], rows[3]["reviewed"]) == ("9", "9", "9")
    assert rows[3]["signature"] == "Good signature"
    assert hashlib.sha256(text.encode()).hexdigest() in site[POPULATION].html
    assert 'href="population.csv"' in site[POPULATION].html
    forged = list(csv.DictReader(io.StringIO(tampered[1][POPULATION].files[0][1], newline="")))
    assert next(one["reasons"] for one in forged if one["version"] == "2.9.0") == "tag-without-record 1"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"])
def test_no_cell_of_the_csv_is_a_formula(start: str) -> None:
    text = csv_text(["a", "b"], [(f"{start}1+1", 'plain, "quoted"')])
    ((first, second),) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert first == f"'{start}1+1"
    assert second == 'plain, "quoted"'


def test_an_auditor_draws_the_same_sample_with_sha256sum(site: Site, demo: tuple[Path, Run]) -> None:
    shown = section(site[POPULATION], "sample")
    heads = [git(demo[0], "rev-parse", "HEAD"), git(demo[0] / "repositories/platform", "rev-parse", "HEAD")]
    seed = hashlib.sha256("".join(f"{head}\n" for head in heads).encode()).hexdigest()
    assert seed in shown
    first, second, _ = commands(shown)
    repeated = subprocess.run(["bash", "-c", first], capture_output=True, text=True, check=True).stdout
    assert repeated.split()[0] == seed
    drawn = subprocess.run(["bash", "-c", second], capture_output=True, text=True, check=True).stdout.split()[
        0
    ]
    assert drawn == re.findall(r'data-rp-copy="([0-9a-f]{64})"', shown)[0]
    numbers = re.findall(r'data-rp-copy="([0-9a-f]{64})"', shown)
    assert numbers == sorted(numbers)
    assert len(numbers) == 11 <= MOST
    assert number(seed, "2.4.0", "PAY-201") in numbers


def test_an_auditor_draws_with_a_number_of_their_own(site: Site, tmp_path: Path) -> None:
    page = site[POPULATION]
    name, text = page.files[-1]
    (tmp_path / name).write_text(text)
    command = commands(section(page, "sample"))[2]
    drawn = [
        line.split(" ", 1) for line in shell(command.replace("12345", "90210"), tmp_path).stdout.splitlines()
    ]
    seed = re.findall(r"printf '%s %s\\n' ([0-9a-f]{64}) 12345", command)[0]
    own = hashlib.sha256(f"{seed} 90210\n".encode()).hexdigest()
    numbers = sorted(number(own, *line.split()) for line in text.splitlines())
    assert [one for one, _ in drawn] == numbers[:MOST]
    assert {change for _, change in drawn} == set(text.splitlines())
    assert "whoever is audited could try commits until the sample suits" in words(section(page, "sample"))


def test_the_population_claims_no_more_deployments_than_the_records_state(site: Site) -> None:
    assert "every deployment to production that a record states" in words(site[POPULATION].html)
    source = words(section(site[POPULATION], "source"))
    assert "a deployment that nobody recorded is not here" in source


def test_files_beside_a_page_are_written_once(demo: tuple[Path, Run], tmp_path: Path) -> None:
    page = Page(uri="registers/x/", title="X", html="", files=(("x.csv", "a\r\n"),))
    taken: set[str] = set()
    book._write(page, "<h1>X</h1>", tmp_path, taken)
    assert (tmp_path / "registers/x/x.csv").read_bytes() == b"a\r\n"
    with pytest.raises(FileExistsError):
        book._write(
            Page(uri="y/", title="Y", html="", files=(("../registers/x/x.csv", ""),)),
            "",
            tmp_path,
            {"y/../registers/x/x.csv"},
        )


# Process


def test_the_process_page_tells_its_versions_and_whom_they_govern(site: Site, demo: tuple[Path, Run]) -> None:
    shown = section(site["process/"], "versions")
    commits = git(demo[0], "log", "--format=%H", "--", "release-process.md").splitlines()
    assert re.findall(r'data-rp-copy="([0-9a-f]{40})"', shown) == commits
    table = shown.partition("</table>")[0]
    assert "2026-08-01" in words(row(table, "1.1 in force"))
    assert words(row(table, "1.1 in force")).endswith("2.4.1 , 2.5.0 , 2.6.0")
    old = words(row(table, "1.0 2025-02-01"))
    assert "Meera Iyer Late first committed 463 days after it took effect" in old
    assert old.endswith(f"{commits[1][:12]} Signed, not checked 2.4.0")
    assert "Late" not in words(row(table, "1.1 in force"))
    (command,) = commands(shown)
    assert [line.split()[2] for line in shell(command, demo[0]).stdout.splitlines()] == ["G", "G"]
    change = words(shown.partition("What 1.1 changed from 1.0")[2])
    assert "Front matter" in change
    assert "Secure Development & Code Review" in change
    assert "retries of money-moving calls included" in change


def test_an_earlier_version_has_a_page_with_its_full_text(site: Site, demo: tuple[Path, Run]) -> None:
    assert "every release is measured against this page" not in words(site["process/"].html)
    assert 'href="1.0/"' in section(site["process/"], "versions")
    page = site["process/1.0/"]
    assert "This version is not in force. Version 1.1 is." in words(page.html)
    assert "the releases that name it: 2.4.0 ." in words(page.html)
    assert "Process 1.0" in words(page.html.partition("<header")[0])
    commit = git(demo[0], "log", "--format=%H", "--", "release-process.md").splitlines()[1]
    text = git(demo[0], "show", f"{commit}:release-process.md")
    for bullet in re.findall(r"^- (.*?)(?: <!--.*)?$", text, re.MULTILINE):
        assert bullet in words(page.html)
    assert "retries of money-moving calls included" not in words(page.html)
    assert "retries of money-moving calls included" in words(site["process/"].html)
    assert 'href="../../../process/1.0/"' in site["releases/2.4.0/evidence/"].html
    assert 'href="../../../process/"' in site["releases/2.4.1/evidence/"].html


def test_a_difference_is_read_phase_by_phase() -> None:
    before = "---\nversion: '1'\n---\n# P\n\n## 1. Plan <!-- phase: plan -->\n\n- a scope\n- old\n\n## 2. Test\n\n- t\n"
    after = "---\nversion: '2'\n---\n# P\n\n## 1. Planning <!-- phase: plan -->\n\n- a wide scope\n\n## 2. Test\n\n- t\n- u\n"
    groups = {group.title: group.lines for group in difference(before, after)}
    assert list(groups) == ["Front matter", "Planning", "Test"]
    assert [line.kind for line in groups["Planning"]] == ["changed", "changed", "removed"]
    assert [text for differs, text in groups["Planning"][1].after if differs] == ["wide "]
    assert [(line.kind, line.after) for line in groups["Test"]] == [("added", ((False, "- u"),))]
    assert difference(before, before) == ()


# Not checked here


def test_without_history_nothing_is_claimed_and_one_line_says_why(tmp_path: Path) -> None:
    site = pages(judge(copy_sample(tmp_path / "sample")))
    evidence = section(site["releases/2.4.0/evidence/"], "deliverables")
    assert "First commit" not in evidence
    assert words(evidence).count("Not checked here This portal asks for proof by the roster only.") == 1
    signoffs = section(site["releases/2.4.0/signoffs/"], "signoffs")
    assert '<th scope="col">Commit</th>' not in signoffs
    assert words(signoffs).count("Not checked here") == 1
    history = site["releases/2.4.0/history/"].html
    assert "Not checked here This portal asks for proof by the roster only." in words(history)
    population = site[POPULATION].html
    assert GREEN not in population
    assert words(section(site[POPULATION], "both-directions")).count("Not checked here") == 6
    assert "No seed" in words(section(site[POPULATION], "sample"))
    process = section(site["process/"], "versions")
    assert "Not checked here" in words(row(process, "1.0"))


def test_an_optional_repository_that_is_absent_is_not_checked_and_no_path_of_this_machine_is_told(
    tmp_path: Path,
) -> None:
    made = pages(judge(tell(CASES["unchecked-repository"], tmp_path)))
    line = row(section(made[POPULATION], "versions"), "1.0.0")
    tag = re.search(r'<td data-label="Tag".*?</td>', line, re.DOTALL)
    assert tag is not None
    assert words(tag[0]) == "Not checked here"
    evidence = made["releases/1.0.0/evidence/"]
    assert "Not checked here api is no git repository" in words(evidence.html)
    assert any("verify-tag v1.0.0" in command for command in commands(section(evidence, "repeat")))
    for uri, page in made.items():
        if not uri.startswith("rules/"):  # a finding is told there as the terminal tells it
            assert str(tmp_path) not in page.html, uri


def test_links_of_these_pages_lead_somewhere(site: Site, tampered: tuple[Path, Site]) -> None:
    for made in (site, tampered[1]):
        known = {uri.strip("/") for uri in made} | {"."}
        known |= {f"{uri}{name}" for uri, page in made.items() for name, _ in page.files}
        for uri, page in made.items():
            if uri in {POPULATION, "process/", "process/1.0/"} or uri.endswith("history/"):
                for href in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', page.html):
                    assert posixpath.normpath(posixpath.join(uri, href)) in known, (uri, href)
