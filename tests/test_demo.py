"""The demo: the sample as a real history, made on the spot."""

import os
import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import Run, run


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_it_checks_clean_and_leaves_nothing_uncommitted(demo: tuple[Path, Run]) -> None:
    folder, made = demo

    assert made.code == 0, made.err
    assert git(folder, "status", "--porcelain") == ""
    assert run("check", cwd=folder).code == 0


def test_each_sign_off_was_committed_by_its_signer_and_never_changed(demo: tuple[Path, Run]) -> None:
    folder, _ = demo
    files = sorted(folder.glob("releases/*/signoffs/*/*.yaml"))

    assert len(files) > 50
    for file in files[::7]:
        log = git(folder, "log", "--format=%ae %ce", "--", str(file.relative_to(folder))).split("\n")
        signer = f"{file.stem}@dealsphere.example"
        assert log[:-1] == [f"{signer} {signer}"]


def test_its_commits_and_tags_are_signed_by_keys_in_the_roster(demo: tuple[Path, Run]) -> None:
    folder, _ = demo
    trust = ("-c", f"gpg.ssh.allowedSignersFile={folder / 'roster/allowed_signers'}", "-c", "gpg.format=ssh")

    states = git(folder, *trust, "log", "--format=%G?").split()
    assert set(states) == {"G"}
    for tag in git(folder / "repositories/platform", "tag").split():
        git(folder / "repositories/platform", *trust, "verify-tag", tag)


def test_records_were_committed_in_the_order_of_what_they_tell(demo: tuple[Path, Run]) -> None:
    folder, _ = demo

    def first(path: str) -> int:
        return int(git(folder, "log", "--reverse", "--format=%ct", "--", f"releases/{path}").split()[0])

    for version in ("2.4.0", "2.5.0"):
        assert first(f"{version}/06-approval/deployment-plan.md") < first(
            f"{version}/06-approval/go-no-go.md"
        )
    log = first("2.4.0/09-notification/send-log.yaml")
    assert all(
        first(f"2.4.0/09-notification/notices/{one.name}") < log
        for one in (folder / "releases/2.4.0/09-notification/notices").iterdir()
    )


def test_the_action_log_was_there_at_the_closure_and_went_on(demo: tuple[Path, Run]) -> None:
    folder, _ = demo
    path = "releases/2.4.0/10-retrospective/actions.yaml"
    then, now = git(folder, "log", "--reverse", "--format=%H", "--", path).split()

    closing = git(folder, "log", "-1", "--format=%H", "--", "releases/2.4.0/release.yaml").strip()

    git(folder, "merge-base", "--is-ancestor", then, closing)
    git(folder, "merge-base", "--is-ancestor", closing, now)
    assert git(folder, "show", f"{then}:{path}").count("state: open") == 3


def test_it_tells_the_same_each_time(demo: tuple[Path, Run], tmp_path: Path) -> None:
    run("init", "--demo", "again", cwd=tmp_path)
    log = ("log", "-p", "--format=%an %ad %cn %cd %s", "--", "releases")

    assert git(demo[0], *log) == git(tmp_path / "again", *log)


def test_the_process_has_two_versions_in_its_history(demo: tuple[Path, Run]) -> None:
    folder, _ = demo
    commits = git(folder, "log", "--reverse", "--format=%H", "--", "release-process.md").split()

    versions = [
        git(folder, "show", f"{commit}:release-process.md").split('version: "')[1][:3] for commit in commits
    ]

    assert versions == ["1.0", "1.1"]


def test_it_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal/file").write_text("mine")

    done = run("init", "--demo", "portal", cwd=tmp_path)

    assert done.code == 2
    assert "is not empty" in done.err
    assert [one.name for one in (tmp_path / "portal").iterdir()] == ["file"]


def test_it_is_guarded_as_a_new_portal_is(demo: tuple[Path, Run], tmp_path: Path) -> None:
    folder, _ = demo
    owner = ("--name", "Meera Iyer", "--email", "meera.iyer@dealsphere.example")
    assert run("init", "new", *owner, cwd=tmp_path).code == 0
    clone = "git clone --quiet"
    for name in (
        "CODEOWNERS",
        ".pre-commit-config.yaml",
        ".gitlab-ci.yml",
        ".github/workflows/release-portal.yml",
    ):
        ours, new = (one.read_text().splitlines() for one in (folder / name, tmp_path / "new" / name))
        assert [line for line in ours if clone not in line] == [line for line in new if clone not in line], (
            name
        )
        assert git(folder, "ls-files", name).strip() == name
    assert {"/site/", "/site-public/", "/repositories/"} <= set((folder / ".gitignore").read_text().split())
    assert {"/site/", "/site-public/"} <= set((tmp_path / "new/.gitignore").read_text().split())


def test_its_ci_clones_the_product_and_passes(demo: tuple[Path, Run], tmp_path: Path) -> None:
    folder, _ = demo
    git(tmp_path, "clone", "--quiet", str(folder), "clone")
    config = tmp_path / "gitconfig"
    address = "https://git.dealsphere.example/platform"
    config.write_text(f'[url "{folder / "repositories/platform"}"]\n    insteadOf = {address}\n')
    github: Any = yaml.safe_load((folder / ".github/workflows/release-portal.yml").read_text())
    gitlab: Any = yaml.safe_load((folder / ".gitlab-ci.yml").read_text())
    (product,) = (one["run"] for one in github["jobs"]["portal"]["steps"] if one.get("name") == "Product")
    assert product in gitlab["portal"]["before_script"]

    without = run("check", cwd=tmp_path / "clone")
    done = subprocess.run(
        ["bash", "-c", product],
        cwd=tmp_path / "clone",
        env={**os.environ, "GIT_CONFIG_GLOBAL": str(config)},
        check=False,
    )

    assert without.code == 3, "the product is required, so nothing is proved without it"
    assert done.returncode == 0
    assert run("check", cwd=tmp_path / "clone").code == 0


def test_its_public_site_names_its_address(demo: tuple[Path, Run], tmp_path: Path) -> None:
    folder, _ = demo
    built = run("build", "--audience", "public", "--site-dir", str(tmp_path / "out"), cwd=folder)

    assert built.code == 0, built.err
    assert "no public site_url" not in built.err
    address = "https://releases.dealsphere.example/"
    assert f"<loc>{address}releases/2.5.0/</loc>" in (tmp_path / "out/sitemap.xml").read_text()
    page = (tmp_path / "out/releases/2.5.0/index.html").read_text()
    assert f'<link rel="canonical" href="{address}releases/2.5.0/">' in page
    for feed in ("feed.xml", "notices.xml"):
        assert f'rel="self" href="{address}{feed}"' in (tmp_path / "out" / feed).read_text()
