"""Imports of what git, forges and monitoring say: people by the roster, and nothing that is of another release."""

import json
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from release_portal import settings
from release_portal.demo._product import write_product
from release_portal.demo._writing import Keys
from release_portal.failure import Misconfigured
from release_portal.git import Repository
from release_portal.imports._importer import Input, Request
from release_portal.imports._importing import importer_of
from release_portal.imports._tickets import tickets_in
from release_portal.load import load
from release_portal.rules._tagging import tickets
from release_portal.source import read
from tests.conftest import ROOT, Run, copy_sample
from tests.importing import call

COMMIT = "ef2387f164484800036d1df8d94c4d44e8eff7fd"  # of v2.5.0, committed on 6 November 2026
RELEASE = "releases/2.5.0"
CHANGES, REVIEWS = f"{RELEASE}/01-planning/changes.yaml", f"{RELEASE}/03-development/code-review.yaml"
DEPLOYMENTS, HEALTH = f"{RELEASE}/07-deployment/deployments.yaml", f"{RELEASE}/08-monitoring/health.yaml"
PACKAGE = f"{RELEASE}/06-approval/release-package.yaml"


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's product repository, with its tags: look, do not touch."""
    folder = tmp_path_factory.mktemp("product")
    (folder / "keys").mkdir()
    roster = load(ROOT, settings.read(ROOT / "mkdocs.yml")).roster
    write_product(folder / "platform", roster, Keys(folder / "keys"))
    return folder / "platform"


@pytest.fixture
def portal(tmp_path: Path, platform: Path) -> Path:
    """A copy of the sample that knows the product repository."""
    copy = copy_sample(tmp_path / "portal")
    config = copy / "mkdocs.yml"
    repository = f"      repositories:\n        - {{name: platform, path: {platform}}}\n"
    config.write_text(
        config.read_text().replace("      proof: roster\n", f"      proof: roster\n{repository}")
    )
    return copy


def rows(portal: Path, path: str, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(portal, path).data[key]
    return found


def export(portal: Path, name: str, content: Any) -> str:
    (portal / name).write_text(json.dumps(content))
    return name


def imported(portal: Path, *arguments: str) -> Run:
    """An import that changes something the first time, and nothing the second time."""
    done = call("import", *arguments, cwd=portal)
    assert done.code == 0, done.err
    again = call("import", *arguments, cwd=portal)
    assert (again.code, again.out) == (0, ""), again.out
    return done


def test_the_change_log_and_reviews_that_people_wrote_agree_with_git(portal: Path) -> None:
    done = call("import", "git", "2.5.0", cwd=portal)

    assert (done.code, done.out, done.err) == (0, "", "Nothing to change.\n")


def test_the_change_log_is_written_from_the_commits_between_two_tags(portal: Path) -> None:
    written = {path: (portal / path) for path in (CHANGES, REVIEWS)}
    people = {path: read(portal, path).data for path in written}
    for file in written.values():
        file.unlink()

    imported(portal, "git", "2.5.0")

    log = {one["ticket"]: one for one in rows(portal, CHANGES, "changes")}
    for one in people[CHANGES]["changes"]:
        assert log[one["ticket"]]["authors"] == one["authors"]
    assert log.keys() == {one["ticket"] for one in people[CHANGES]["changes"]}
    assert log["PAY-240"]["kind"] == "fix"
    assert log["PAY-240"]["title"] == "Say why an IBAN is rejected"
    assert log["PAY-240"]["risk"] == "<fill in low, medium or high>"
    assert "1 commit in platform v2.4.1..v2.5.0, imported at 20" in log["PAY-240"]["note"]
    found = {one["ticket"]: one for one in rows(portal, REVIEWS, "reviews")}
    for one in people[REVIEWS]["reviews"]:
        mine = found[one["ticket"]]
        assert set(mine["reviewers"]) == set(one["reviewers"])
        assert (mine["authors"], mine["commit"]) == (one["authors"], one["commit"])


def test_an_author_whom_the_record_leaves_out_is_a_conflict(portal: Path) -> None:
    file = portal / CHANGES
    file.write_text(file.read_text().replace("authors: [liam.walsh]", "authors: [tomas.novak]"))

    done = call("import", "git", "2.5.0", cwd=portal)

    assert done.code == 1
    assert "authors is 'tomas.novak'; the import says 'liam.walsh'" in done.out


def test_an_untagged_version_takes_the_commits_since_the_last_tag(portal: Path) -> None:
    (portal / "releases/2.6.0/01-planning/changes.yaml").unlink()

    imported(portal, "git", "2.6.0")

    found = {one["ticket"]: one for one in rows(portal, "releases/2.6.0/01-planning/changes.yaml", "changes")}
    assert found.keys() == {"PLT-150", "REP-5"}
    assert found["REP-5"]["kind"] == "<fill in feature, fix or migration>"  # `docs` is none of them
    assert "platform v2.5.0..HEAD" in found["REP-5"]["note"]


def commit(
    repository: Path, message: str, author: str = "Priya Menon <priya.menon@dealsphere.example>"
) -> None:
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.com"]
    command = ["git", "-C", str(repository), *identity, "commit", "-q", "--allow-empty", f"--author={author}"]
    subprocess.run([*command, "-m", message], check=True)


def test_trailers_strangers_and_commits_without_a_ticket_are_told(portal: Path, platform: Path) -> None:
    clone = portal.parent / "clone"
    shutil.copytree(platform, clone)
    reviewed = (
        "Co-authored-by: Jonas W <jonas.weber@dealsphere.example>\nReviewed-by: Mo <mo@elsewhere.example>"
    )
    commit(clone, f"db(ledger)!: new table (REP-9)\n\nSee PAY-240 for why.\n\n{reviewed}")
    commit(clone, "fix(ledger): index (REP-9)", "Stranger <me@elsewhere.example>")
    commit(clone, "tidy up")

    done = imported(portal, "git", "2.6.0", str(clone))

    assert "in no change, since they name no ticket: " in done.err
    assert "'tidy up'" in done.err
    change = rows(portal, "releases/2.6.0/01-planning/changes.yaml", "changes")[-1]
    assert (change["ticket"], change["kind"], change["title"]) == ("REP-9", "migration", "New table")
    assert change["authors"] == [
        "priya.menon",
        "<fill in who commits as me@elsewhere.example>",
        "jonas.weber",
    ]
    assert "2 commits in clone v2.5.0..HEAD" in change["note"]
    assert "marks it as breaking" in change["note"]
    review = rows(portal, "releases/2.6.0/03-development/code-review.yaml", "reviews")[-1]
    assert review["reviewers"] == ["<fill in who commits as mo@elsewhere.example>"]
    log = rows(portal, "releases/2.6.0/01-planning/changes.yaml", "changes")
    assert [one["ticket"] for one in log].count("PAY-240") == 0


def test_a_version_before_the_last_tag_needs_a_tag_of_its_own(portal: Path) -> None:
    release = portal / "releases/2.4.9"
    shutil.copytree(portal / "releases/2.6.0", release)
    (release / "release.yaml").write_text((release / "release.yaml").read_text().replace("2.6.0", "2.4.9"))

    done = call("import", "git", "2.4.9", cwd=portal)

    assert (done.code, "platform has tag v2.5.0, but none of 2.4.9" in done.err) == (2, True)


def test_the_import_and_the_check_read_the_same_tickets(platform: Path) -> None:
    history = Repository.open(platform).history("v{version}")
    commits = history.log.commits(history.log.ids)

    assert len(commits) > 20
    assert all(tickets_in(one.message) == tickets(one) for one in commits)


def test_a_report_older_than_the_tagged_commit_is_refused(portal: Path) -> None:
    case = '<testsuite timestamp="{}"><testcase name="a"/></testsuite>'
    (portal / "old.xml").write_text(case.format("2026-11-01T10:00:00+00:00"))
    (portal / "new.xml").write_text(case.format("2026-11-07T10:00:00+00:00"))
    (portal / "undated.xml").write_text("<testsuite><testcase/></testsuite>")
    order = ("import", "junit", "2.5.0")

    old = call(*order, "old.xml", cwd=portal)
    new, undated = call(*order, "new.xml", cwd=portal), call(*order, "undated.xml", cwd=portal)

    assert old.code == 2
    assert (
        "old.xml was made 2026-11-01T10:00:00Z, before the commit of platform v2.5.0 (2026-11-06T" in old.err
    )
    assert not (portal / f"{RELEASE}/evidence/old.xml").exists()
    assert (new.code, new.err) == (0, "Files written: 2.\n")
    assert (
        "not checked whether it is older than the tagged commit, since the file names no time with a zone"
        in undated.err
    )
    assert (
        "ran_at: <fill in RFC 3339 with zone>"
        in (portal / f"{RELEASE}/04-testing/test-summary.yaml").read_text()
    )


OLD = "2026-11-01T10:00:00Z"
STALE: dict[str, Any] = {
    "cobertura": '<coverage line-rate="1" timestamp="1793527200"><class><lines><line hits="1"/></lines></class></coverage>',
    "sarif": {
        "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "x"}}, "results": [], "invocations": [{"endTimeUtc": OLD}]}],
    },
    "cyclonedx": {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"timestamp": OLD}, "components": [{"name": "a"}],
    },
    "spdx": {"spdxVersion": "SPDX-2.3", "creationInfo": {"created": OLD}, "packages": [{"name": "a"}]},
}  # fmt: skip


@pytest.mark.parametrize("name", STALE)
def test_every_report_of_a_state_before_the_tag_is_refused(portal: Path, name: str) -> None:
    content = STALE[name]
    (portal / "old").write_text(content if isinstance(content, str) else json.dumps(content))
    kinds = {"sarif": ("--set", "kind=sast")}
    before = sorted((portal / RELEASE).rglob("*"))

    done = call("import", name, "2.5.0", "old", *kinds.get(name, ()), cwd=portal)

    assert (done.code, done.out) == (2, "")
    assert "old was made 2026-11-01T10:00:00Z, before the commit of platform v2.5.0" in done.err
    assert sorted((portal / RELEASE).rglob("*")) == before


def test_deployments_before_the_tag_are_refused(portal: Path) -> None:
    runs = [{**one, "created_at": OLD} for one in github_runs()[:1]]
    states = [{**one, "created_at": OLD} for one in github_statuses()]
    job = {
        "started_at": OLD,
        "finished_at": "2026-11-01T10:20:00Z",
        "pipeline": {"web_url": "https://x.example/1"},
    }
    gitlab = {
        "environment": {"name": "production"}, "sha": COMMIT, "status": "success", "ref": "v2.5.0",
        "user": {"username": "yuki.tanaka"}, "deployable": job, "created_at": OLD,
    }  # fmt: skip

    for name, content in (("github", [*runs, *states]), ("gitlab", [gitlab])):
        done = call("import", name, "2.5.0", export(portal, f"{name}.json", content), cwd=portal)
        assert done.code == 2
        assert f"{name}.json was made 2026-11-01T10:00:00Z, before the commit of platform v2.5.0" in done.err


def github_runs() -> list[dict[str, Any]]:
    api = "https://api.forge.example/repos/dealsphere/platform/deployments"
    return [
        {"id": 1, "url": f"{api}/1", "sha": COMMIT, "ref": "v2.5.0", "environment": "production-eu-central-1",
         "creator": {"login": "yuki.tanaka"}, "created_at": "2026-11-23T10:00:00Z", "statuses_url": f"{api}/1/statuses"},
        {"id": 2, "url": f"{api}/2", "sha": "1" * 40, "ref": "v2.4.1", "environment": "production",
         "creator": {"login": "meera"}, "created_at": "2026-09-23T10:00:00Z", "statuses_url": f"{api}/2/statuses"},
        {"id": 3, "url": f"{api}/3", "sha": COMMIT, "ref": "main", "environment": "preview",
         "creator": {"login": "meera"}, "created_at": "2026-11-23T09:00:00Z", "statuses_url": f"{api}/3/statuses"},
    ]  # fmt: skip


def github_statuses() -> list[dict[str, Any]]:
    url = github_runs()[0]["url"]
    log = "https://forge.example/dealsphere/platform/actions/runs/9"
    return [
        {"state": "success", "deployment_url": url, "created_at": "2026-11-23T10:30:00Z", "log_url": log},
        {"state": "in_progress", "deployment_url": url, "created_at": "2026-11-23T10:02:00Z", "log_url": log},
    ]


def test_deployments_of_github_are_those_of_the_version(portal: Path) -> None:
    files = (
        export(portal, "deployments.json", [github_runs()]),
        export(portal, "statuses.json", github_statuses()),
    )

    done = imported(portal, "github", "2.5.0", *files)

    assert "left out, being neither staging nor production: preview" in done.err
    assert len(rows(portal, DEPLOYMENTS, "deployments")) == 4
    one = rows(portal, DEPLOYMENTS, "deployments")[-1]
    assert {key: value for key, value in one.items() if key != "evidence"} == {
        "environment": "production",
        "region": "eu-central-1",
        "version": "2.5.0",
        "commit": COMMIT,
        "started_at": "2026-11-23T10:02:00Z",
        "finished_at": "2026-11-23T10:30:00Z",
        "deployed_by": "yuki.tanaka",
        "approved_by": "<fill in a person's id>",
        "pipeline": "https://forge.example/dealsphere/platform/actions/runs/9",
        "outcome": "succeeded",
    }
    assert [each["path"] for each in one["evidence"]] == [
        "evidence/deployments.json",
        "evidence/statuses.json",
    ]
    found = json.loads(call("check", "2.5.0", "--format", "json", cwd=portal).out)["findings"]
    assert {each["rule"] for each in found if each["path"] == DEPLOYMENTS} == {"unfilled-placeholder"}


def test_an_export_without_a_deployment_of_the_version_is_refused(portal: Path) -> None:
    done = call("import", "github", "2.5.0", export(portal, "other.json", github_runs()[1:2]), cwd=portal)

    assert (done.code, "there is no deployment of 2.5.0 in the export" in done.err) == (2, True)


def test_pull_requests_of_github_become_reviews_of_logged_changes(portal: Path) -> None:
    (portal / REVIEWS).unlink()
    reviews = [
        {"author": {"login": "tomas.novak"}, "state": "CHANGES_REQUESTED", "submittedAt": "2026-10-20T10:00:00Z", "commit": {"oid": "2" * 40}},
        {"author": {"login": "someone"}, "state": "COMMENTED", "submittedAt": "2026-10-21T10:00:00Z", "commit": {"oid": "3" * 40}},
        {"author": {"login": "tomas.novak"}, "state": "APPROVED", "submittedAt": "2026-10-22T10:00:00Z", "commit": {"oid": "4" * 40}},
        {"author": {"login": "meera"}, "state": "APPROVED", "submittedAt": "2026-10-21T10:00:00Z", "commit": {"oid": "3" * 40}},
    ]  # fmt: skip
    pull = {
        "url": "https://forge.example/pull/",
        "author": {"login": "priya.menon"},
        "body": "",
        "reviews": reviews,
    }
    pulls = [
        {**pull, "number": 7, "title": "IBAN (PAY-240)", "headRefName": "iban"},
        {**pull, "number": 8, "title": "Other (ZZZ-1)", "headRefName": "zzz"},
        {**pull, "number": 9, "title": "Open", "headRefName": "con-12-ledger", "reviews": reviews[1:2]},
    ]

    done = imported(portal, "github", "2.5.0", export(portal, "pulls.json", pulls))

    assert "left out, since undecided or of no change of the release: #8, #9" in done.err
    (one,) = rows(portal, REVIEWS, "reviews")
    assert one == {
        "ticket": "PAY-240",
        "url": "https://forge.example/pull/",
        "authors": ["priya.menon"],
        "reviewers": ["tomas.novak", "meera.iyer"],  # `meera` by the address that the forge commits under
        "approved_at": "2026-10-22T10:00:00Z",
        "commit": "4" * 40,
        "outcome": "approved",
    }
    assert read(portal, REVIEWS).data["evidence"][0]["path"] == "evidence/pulls.json"


def test_assets_of_a_release_of_github_are_held_against_the_package(portal: Path) -> None:
    name, sha256 = (
        "platform-2.5.0-manifest.json",
        "1cb3266628804e5230a25b0f19dc1ff3a68e4e142cc0d21ad10043abcc2a71d8",
    )
    release = {
        "tag_name": "v2.5.0",
        "assets": [{"name": name, "digest": f"sha256:{sha256}"}, {"name": "no-digest"}],
    }

    same = call("import", "github", "2.5.0", export(portal, "release.json", release), cwd=portal)
    release["assets"] = [{"name": name, "digest": f"sha256:{'0' * 64}"}]
    other = call("import", "github", "2.5.0", export(portal, "release.json", release), cwd=portal)

    assert (same.code, same.out) == (0, "")
    assert other.code == 1
    assert other.out.startswith(f"{PACKAGE}:")


def test_deployments_and_approvals_of_gitlab(portal: Path) -> None:
    deployment = {
        "id": 4, "iid": 4, "ref": "v2.5.0", "sha": COMMIT, "created_at": "2026-11-23T05:00:00.000Z",
        "updated_at": "2026-11-23T05:31:00.000Z", "status": "success", "user": {"username": "yuki.tanaka"},
        "environment": {"name": "production/me-south-1"},
        "deployable": {"started_at": "2026-11-23T05:05:00.000Z", "finished_at": "2026-11-23T05:30:00.000Z",
                       "pipeline": {"web_url": "https://git.example/-/pipelines/4"}},
        "approvals": [{"user": {"username": "meera.iyer"}, "status": "approved"}],
    }  # fmt: skip

    imported(portal, "gitlab", "2.5.0", export(portal, "gitlab-deployments.json", [deployment]))

    one = rows(portal, DEPLOYMENTS, "deployments")[-1]
    assert (one["region"], one["deployed_by"], one["approved_by"]) == (
        "me-south-1",
        "yuki.tanaka",
        "meera.iyer",
    )
    assert (one["started_at"], one["finished_at"]) == ("2026-11-23T05:05:00Z", "2026-11-23T05:30:00Z")
    found = json.loads(call("check", "2.5.0", "--format", "json", cwd=portal).out)["findings"]
    assert [each for each in found if each["path"] == DEPLOYMENTS] == []


def test_merge_requests_of_gitlab_become_reviews(portal: Path) -> None:
    (portal / REVIEWS).unlink()
    merge = {
        "iid": 3, "project_id": 1, "title": "CON-15: withdrawal", "source_branch": "con-15", "sha": COMMIT,
        "author": {"username": "liam.walsh"}, "web_url": "https://git.example/-/merge_requests/3",
    }  # fmt: skip
    user = {"user": {"username": "priya.menon"}, "approved_at": "2026-11-06T09:55:00.000Z"}
    files = (
        export(portal, "merges.json", [merge]),
        export(portal, "approvals.json", {"iid": 3, "project_id": 1, "approved_by": [user]}),
    )

    imported(portal, "gitlab", "2.5.0", *files)

    (one,) = rows(portal, REVIEWS, "reviews")
    assert (one["ticket"], one["reviewers"], one["outcome"]) == ("CON-15", ["priya.menon"], "approved")
    assert one["approved_at"] == "2026-11-06T09:55:00Z"


def matrix(start: datetime, count: int, step: int, **metric: str) -> dict[str, Any]:
    values = [[(start + timedelta(seconds=step * at)).timestamp(), str(99 + at % 2)] for at in range(count)]
    return {
        "status": "success",
        "data": {"resultType": "matrix", "result": [{"metric": metric, "values": values}]},
    }


WINDOW = datetime(2026, 11, 23, 6, 28, tzinfo=UTC)  # 72 hours from here, as health.yaml states
KPI = ("--set", "unit=%", "--set", "direction=at-least", "--set", "threshold=98")


def test_a_series_that_covers_the_window_is_measured(portal: Path) -> None:
    answer = matrix(WINDOW - timedelta(hours=1), 12 * 75, 300, __name__="up", job="api")

    imported(portal, "prometheus", "2.5.0", export(portal, "up.json", answer), *KPI)

    one = rows(portal, HEALTH, "kpis")[-1]
    assert (one["name"], one["measured"], one["threshold"]) == ("up{job=api}", "99.499422", "98")
    assert len(one["samples"]) == 24
    assert one["samples"][0] == {"at": "2026-11-23T06:28:00Z", "value": "99"}
    assert one["samples"][-1]["at"] == "2026-11-26T06:28:00Z"
    listed = read(portal, HEALTH).data["evidence"]
    assert [each["path"] for each in listed][-1] == "evidence/up.json"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (12 * 40, "there is no value between 2026-11-24T22:23:00Z and 2026-11-26T11:58:00+05:30"),
        (1, "there is one value only"),
    ],
)
def test_a_series_that_ends_early_measures_nothing(portal: Path, count: int, words: str) -> None:
    answer = matrix(WINDOW, count, 300, __name__="up")

    done = imported(portal, "prometheus", "2.5.0", export(portal, "up.json", answer), *KPI)

    assert f"up: measured is left to be filled in, since {words}" in done.err
    assert rows(portal, HEALTH, "kpis")[-1]["measured"] == "<fill in a number>"


def test_a_series_outside_the_window_is_refused(portal: Path) -> None:
    answer = matrix(WINDOW + timedelta(days=30), 100, 300)

    done = call("import", "prometheus", "2.5.0", export(portal, "up.json", answer), cwd=portal)

    assert (done.code, "has no value of query in the monitoring window" in done.err) == (2, True)


def test_an_spdx_document_goes_beside_the_dependency_scan(portal: Path) -> None:
    document = {
        "spdxVersion": "SPDX-2.3",
        "name": "platform",
        "creationInfo": {"created": "2026-11-07T10:00:00Z", "creators": ["Tool: syft-1.40.0", "Person: x"]},
        "packages": [{"name": "click"}, {"name": "semver"}],
    }

    imported(portal, "spdx", "2.5.0", export(portal, "platform.spdx.json", document))

    scans = rows(portal, f"{RELEASE}/03-development/scans.yaml", "scans")
    (dependencies,) = [one for one in scans if one["kind"] == "dependencies"]
    added = dependencies["evidence"][-1]
    assert added["path"] == "evidence/platform.spdx.json"
    assert added["describes"].startswith(
        "SPDX 2.3 bill of materials of platform: 2 components, written by syft-1.40.0. Imported from"
    )
    assert dependencies["totals"] == {"critical": "0", "high": "0", "medium": "1", "low": "3"}


def test_vulnerabilities_of_a_cyclonedx_document_fill_totals_that_nobody_gave(portal: Path) -> None:
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "components": [{"name": "a", "components": [{"name": "b"}]}],
        "vulnerabilities": [
            {"ratings": [{"severity": "low"}, {"severity": "high"}]},
            {"ratings": [{"severity": "critical"}], "analysis": {"state": "not_affected"}},
            {"ratings": [{"severity": "unknown"}]},
            {"ratings": [{"score": 9.8, "severity": "info", "method": "CVSSv31"}]},
            {},
        ],
    }

    imported(portal, "cyclonedx", "2.6.0", export(portal, "bom.json", bom))

    (scan,) = rows(portal, "releases/2.6.0/03-development/scans.yaml", "scans")
    assert scan["totals"] == {"critical": "1", "high": "1", "medium": "2", "low": "0"}
    assert (
        "2 components; open vulnerabilities: 1 critical, 1 high, 2 medium, 0 low"
        in scan["evidence"][0]["describes"]
    )


def broken(value: Any, chance: random.Random) -> Any:
    """The value with something in it replaced by something else."""
    junk = [
        None,
        [],
        {},
        "",
        "x" * 300,
        "\x1b[2J\u202e",
        -1,
        1e300,
        True,
        [[]],
        {"a": []},
        "2026-13-45T00:00:00Z",
    ]
    if chance.random() < 0.08:
        return chance.choice(junk)
    if isinstance(value, dict):
        return {key: broken(inner, chance) for key, inner in value.items() if chance.random() > 0.03}
    return [broken(inner, chance) for inner in value] if isinstance(value, list) else value


def samples() -> dict[str, Any]:
    """An answer of each kind that is read as JSON."""
    sarif = json.loads((ROOT / RELEASE / "evidence/scan-sast.sarif").read_text())
    person = {"login": "meera", "username": "meera"}
    review = {
        "author": person,
        "state": "APPROVED",
        "submittedAt": "2026-11-06T09:55:00Z",
        "commit": {"oid": COMMIT},
    }
    pull = {
        "number": 1,
        "title": "PAY-240",
        "url": "https://x.example/1",
        "author": person,
        "reviews": [review],
    }
    merge = {"iid": 1, "title": "PAY-240", "source_branch": "x", "author": person, "sha": COMMIT}
    job = {
        "started_at": "2026-11-23T05:05:00Z",
        "finished_at": "2026-11-23T05:30:00Z",
        "pipeline": {"web_url": "x"},
    }
    deployment = {
        "environment": {"name": "production"},
        "sha": COMMIT,
        "status": "success",
        "ref": "v2.5.0",
        "user": person,
        "deployable": job,
        "created_at": "2026-11-23T05:05:00Z",
    }
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"timestamp": "2026-11-23T05:05:00Z", "tools": {"components": [{"name": "x"}]}},
        "components": [{"name": "a", "components": [{"name": "b"}]}],
        "vulnerabilities": [{"ratings": [{"severity": "low"}]}],
    }
    spdx = {
        "spdxVersion": "SPDX-2.3",
        "creationInfo": {"created": "2026-11-07T10:00:00Z", "creators": ["Tool: x"]},
        "packages": [{"name": "a"}],
    }
    return {
        "sarif": sarif,
        "cyclonedx": bom,
        "spdx": spdx,
        "prometheus": matrix(WINDOW, 3, 300, __name__="up", job="x"),
        "github": [*github_runs(), *github_statuses(), pull, {"tag_name": "v2.5.0", "assets": [{"name": "x", "digest": f"sha256:{'0' * 64}"}]}],
        "gitlab": [deployment, merge, {"iid": 1, "approved_by": [{"user": person, "approved_at": "2026-11-06T09:55:00Z"}]}],
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(samples()))
def test_no_answer_however_broken_is_an_error_of_ours(name: str) -> None:
    importer, whole = importer_of(name), samples()[name]
    portal = load(ROOT, settings.read(ROOT / "mkdocs.yml"))
    release = portal.release("2.5.0")
    assert release
    chance = random.Random(name)
    ends = {"read": 0, "refused": 0}
    for content in (whole, *(broken(whole, chance) for _ in range(400))):
        file = Input("answer.json", "answer.json", json.dumps(content).encode())
        request = Request(portal=portal, release=release, now=datetime.now(UTC), files=(file,))
        try:
            facts = importer.read(request)
        except Misconfigured:
            ends["refused"] += 1
        else:
            ends["read"] += 1
            assert {one.record for one in facts} <= set(importer.records)
        assert all(one.isprintable() for one in request.notices)

    assert ends["read"] > 5
    assert ends["refused"] > 5
