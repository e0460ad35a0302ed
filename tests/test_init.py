"""A portal to start from: by the wheel alone in an empty folder, and in a project that is there already."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from release_portal.scaffold import GITATTRIBUTES
from tests.conftest import ROOT, Run, run

WHO = ("--name", "Ana Silva", "--email", "ana.silva@example.com")
# Neither the checkout nor this machine's git configuration has a say in what a new user sees.
NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def init(folder: Path, *arguments: str) -> Run:
    return run("init", str(folder), *WHO, *arguments, cwd=folder.parent, env=NOBODY)


def contents(folder: Path) -> dict[str, bytes]:
    files = (one for one in folder.rglob("*") if one.is_file() and ".git" not in one.parts)
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ana Silva", "-c", "user.email=ana.silva@example.com")
    environment = {**os.environ, **NOBODY}
    done = subprocess.run(
        ["git", *identity, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@dataclass(frozen=True)
class Installed:
    """A virtual environment that holds the wheel and what it depends on, and nothing of the checkout."""

    bin: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))
        }
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        return {**kept, **NOBODY, "PATH": path, "NO_MKDOCS_2_WARNING": "1"}

    def __call__(self, *arguments: str, cwd: Path) -> Run:
        command = [str(self.bin / "release-portal"), *arguments]
        done = subprocess.run(
            command, cwd=cwd, env=self.environment, capture_output=True, text=True, check=False
        )
        return Run(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert uv, "`make setup` installs uv"
    place = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(folder / "venv"), "UV_OFFLINE": "1"}

    def call(*arguments: str) -> None:
        done = subprocess.run(
            [uv, *arguments], cwd=ROOT, env=place, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    python = ("--python", str(folder / "venv"))
    call("build", "--quiet", "--wheel", "--out-dir", str(folder))
    call("sync", "--quiet", "--frozen", "--no-dev", "--no-install-project", "--python", sys.executable)
    call("pip", "install", "--quiet", "--no-deps", *python, *map(str, folder.glob("*.whl")))
    call("pip", "check", "--quiet", *python)
    return Installed(folder / "venv/bin")


def test_with_the_wheel_alone_a_team_starts_adds_breaks_and_repairs_a_release(
    installed: Installed, tmp_path: Path
) -> None:
    began = time.monotonic()
    made = installed("init", "portal", *WHO, cwd=tmp_path)
    checked = installed("-C", "portal", "check", cwd=tmp_path)
    built = installed("-C", "portal", "build", cwd=tmp_path)
    took = time.monotonic() - began

    assert (made.code, checked.code, built.code) == (0, 0, 0), made.err + checked.out + built.err
    assert "\n0 errors, " in checked.out
    assert took < 60
    assert 'href="releases/1.0.0/"' in (tmp_path / "portal/site/index.html").read_text()
    assert "not filled in: &lt;fill in" in (tmp_path / "portal/site/releases/1.0.0/index.html").read_text()

    added = installed("-C", "portal", "new", "1.1.0", cwd=tmp_path)
    assert "releases/1.1.0/release.yaml" in added.out.split()
    record = tmp_path / "portal/releases/1.1.0/release.yaml"
    good = record.read_text()
    record.write_text(good.replace("type: standard", "type: standrad"))
    broken = installed("-C", "portal", "check", cwd=tmp_path)
    assert broken.code == 1
    assert "releases/1.1.0/release.yaml:4:7: error: 'type' is 'standrad'" in broken.out
    assert "did you mean 'standard'?" in broken.out

    record.write_text(good)
    assert installed("-C", "portal", "check", cwd=tmp_path).code == 0
    assert installed("-C", "portal", "build", cwd=tmp_path).code == 0
    assert (tmp_path / "portal/site/releases/1.1.0/index.html").is_file()


def test_the_wheel_holds_the_demo(installed: Installed, tmp_path: Path) -> None:
    made = installed("init", "--demo", "demo", cwd=tmp_path)

    assert made.code == 0, made.err
    assert (tmp_path / "demo/.gitattributes").read_text() == GITATTRIBUTES
    assert git(tmp_path / "demo", "status", "--porcelain") == ""
    for part in ("mkdocs.yml", "release-process.md", "docs", "overrides", "roster", "releases"):
        assert (tmp_path / "demo" / part).exists(), part


def test_ci_checks_and_builds_what_was_made(installed: Installed, tmp_path: Path) -> None:
    portal = tmp_path / "portal"
    assert installed("init", "portal", *WHO, cwd=tmp_path).code == 0
    git(portal, "add", ".")
    git(portal, "commit", "--quiet", "-m", "Portal")
    git(portal, "clone", "--quiet", ".", "../clone")
    summary = tmp_path / "summary.md"

    def script(steps: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {**installed.environment, "GITHUB_STEP_SUMMARY": str(summary), **variables}
        command = ["bash", "-e", "-o", "pipefail", "-c", steps]
        return subprocess.run(
            command, cwd=tmp_path / "clone", env=environment, capture_output=True, text=True, check=False
        )

    github: Any = yaml.safe_load((portal / ".github/workflows/release-portal.yml").read_text())
    steps = {one["name"]: one["run"] for one in github["jobs"]["portal"]["steps"] if "run" in one}
    del steps["Install"]
    record = tmp_path / "clone/releases/1.0.0/release.yaml"
    good = record.read_text()
    for base in ("", "main"):
        for step in steps.values():
            done = script(step, GITHUB_BASE_REF=base)
            assert done.returncode == 0, done.stderr
        record.write_text(good.replace("type: standard", "type: standrad"))
        assert (
            "::error file=releases/1.0.0/release.yaml,line=4"
            in script(steps["Check"], GITHUB_BASE_REF=base).stdout
        )
        record.write_text(good)
    assert "1.0.0" in summary.read_text()
    assert (tmp_path / "clone/site/index.html").is_file()

    gitlab: Any = yaml.safe_load((portal / ".gitlab-ci.yml").read_text())
    for base in ("", "main"):
        done = script("\n".join(gitlab["portal"]["script"]), CI_MERGE_REQUEST_TARGET_BRANCH_NAME=base)
        assert done.returncode == 0, done.stderr
        for report in gitlab["portal"]["artifacts"]["reports"].values():
            assert (tmp_path / "clone" / report).stat().st_size > 0


def owned(portal: Path, path: str) -> str:
    """Who owns a path by CODEOWNERS: its patterns are those of gitignore, the last that fits decides."""
    lines = [
        one.split() for one in (portal / "CODEOWNERS").read_text().splitlines() if one[:1] not in {"", "#"}
    ]
    patterns = portal.parent / "patterns"
    patterns.write_text("".join(f"{pattern}\n" for pattern, *_ in lines))
    ignored = ("-c", f"core.excludesFile={patterns}", "check-ignore", "--no-index", "--verbose", path)
    number = int(git(portal.parent / "empty", *ignored).split(":")[1])
    return " ".join(lines[number - 1][1:])


def test_it_is_a_repository_that_owns_what_judges_releases(tmp_path: Path) -> None:
    made = init(tmp_path / "portal", "--release", "2.7.0")

    assert made.code == 0, made.err
    portal = tmp_path / "portal"
    git(tmp_path, "init", "--quiet", "empty")  # no .gitignore there has a say
    assert git(portal, "rev-parse", "--is-inside-work-tree") == "true\n"
    assert [one.name for one in (portal / "releases").iterdir()] == ["2.7.0"]
    assert owned(portal, "releases/2.7.0/release.yaml") == owned(portal, "releases/9.9.9/any/thing.py") == ""
    for path in (
        *contents(portal),
        "conftest.py",
        "docs/releases/x.md",
        "main.py",
        ".github/workflows/other.yml",
    ):
        if not path.startswith("releases/"):
            assert owned(portal, path) == "ana.silva@example.com", path
    assert "dealsphere" not in b"".join(contents(portal).values()).decode("utf-8", "ignore").lower()
    process = (portal / "release-process.md").read_text()
    assert [line[3:].split(".")[0] for line in process.splitlines() if line[:4].strip("# ").isdigit()] == [
        str(number) for number in range(1, 11)
    ]
    assert "<<" not in "".join(
        text.decode() for path, text in contents(portal).items() if "overrides" not in path
    )
    hooks: Any = yaml.safe_load((portal / ".pre-commit-config.yaml").read_text())
    assert hooks["repos"][0]["hooks"][0]["entry"] == "release-portal check"


def test_its_configuration_is_the_samples_but_for_names_and_guide() -> None:
    class Loader(yaml.SafeLoader):
        pass

    ours, sample = (
        yaml.load((ROOT / path).read_text(), Loader)
        for path in ("generator/release_portal/starter/files/mkdocs.yml", "mkdocs.yml")
    )
    del sample["plugins"][0]["release-portal"]["public"]  # what the sample calls its site for the public
    for key in ("theme", "plugins", "markdown_extensions"):
        assert ours[key] == sample[key], key
    assert ours["nav"] == [one for one in sample["nav"] if "Guide" not in one]


def test_git_says_who_starts_it(tmp_path: Path) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\nname = Zoë de Souza\nemail = zoe@example.com\n")

    made = run("init", "portal", cwd=tmp_path, env={**NOBODY, "GIT_CONFIG_GLOBAL": str(config)})

    assert made.code == 0, made.err
    roster: Any = yaml.safe_load((tmp_path / "portal/roster/people.yaml").read_text())
    (person,) = roster["people"]
    assert (person["id"], person["name"], person["emails"]) == (
        "zoe.de.souza",
        "Zoë de Souza",
        ["zoe@example.com"],
    )


def test_nobody_is_invented(tmp_path: Path) -> None:
    made = run("init", "portal", cwd=tmp_path, env=NOBODY)

    assert made.code == 2
    assert "git does not say your name" in made.err
    assert "--name 'Ana Silva'" in made.err
    assert not (tmp_path / "portal").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--email", "ana at example"), "is no e-mail address"),
        (("--id", "Ana Silva"), "is no person id"),
        (("--name", "Ana\nroles: []"), "is no name"),
        (("--release", "next"), "is no version"),
    ],
)
def test_what_cannot_stand_in_a_record_is_refused_before_anything_is_written(
    arguments: tuple[str, str], words: str, tmp_path: Path
) -> None:
    made = init(tmp_path / "portal", *arguments)

    assert made.code == 2
    assert words in made.err
    assert not (tmp_path / "portal").exists()


def test_a_name_that_is_yaml_stays_a_name(tmp_path: Path) -> None:
    made = init(tmp_path / "portal", "--name", 'Ana: "Silva" # {x}', "--id", "ana")

    assert made.code == 0, made.err
    assert run("check", cwd=tmp_path / "portal").code == 0
    assert 'Ana: "Silva" # {x}' in str(yaml.safe_load((tmp_path / "portal/roster/people.yaml").read_text()))


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """A project that MkDocs builds already, in a repository of its own."""
    folder = tmp_path / "handbook"
    files = {
        "mkdocs.yml": "site_name: Handbook\ndocs_dir: pages\ntheme: readthedocs\nnav: [{Start: start.md}]\n",
        "pages/start.md": "# Hello\n",
        "README.md": "Ours.\n",
        ".github/CODEOWNERS": "* @us\n",
        "overrides/main.html": "ours\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    git(folder, "init", "--quiet")
    return folder


def test_a_project_that_is_there_is_added_to_and_nothing_of_it_changes(handbook: Path) -> None:
    before = contents(handbook)

    made = init(handbook)

    after = contents(handbook)
    assert made.code == 0, made.err
    assert {path: after[path] for path in before} == before
    left = [line.removeprefix("left as it is: ") for line in made.err.splitlines() if line.startswith("left")]
    assert sorted(left) == [".github/CODEOWNERS", "README.md", "mkdocs.yml", "overrides/main.html"]
    assert "CODEOWNERS" not in after
    assert {
        "pages/index.md",
        "roster/people.yaml",
        "releases/1.0.0/release.yaml",
        "overrides/404.html",
    } <= set(after)
    assert "repository was made" not in made.err


def test_what_it_says_to_add_to_mkdocs_yml_makes_it_build(handbook: Path) -> None:
    (handbook / "overrides/main.html").unlink()
    made = init(handbook)
    told = made.err.partition("add to mkdocs.yml:\n")[2]
    lines = [line[2:] for line in told.splitlines() if line.startswith("  ")]
    config = (handbook / "mkdocs.yml").read_text().replace("theme: readthedocs\n", "")
    (handbook / "mkdocs.yml").write_text(config + "\n".join(lines))

    again = init(handbook)
    built = run("build", "--no-search", cwd=handbook)

    assert "add to mkdocs.yml" not in again.err
    assert built.code == 0, built.err
    assert "Hello" in (handbook / "site/start/index.html").read_text()
    assert "1.0.0" in (handbook / "site/index.html").read_text()


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    init(tmp_path / "portal")
    before = contents(tmp_path / "portal")

    again = init(tmp_path / "portal")

    assert (again.code, again.out) == (0, "")
    assert "left as it is" not in again.err
    assert contents(tmp_path / "portal") == before


def _folder_in_a_files_place(folder: Path) -> None:
    (folder / "roster").write_text("a file")


def _broken_configuration(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("a: [")


def _other_name(folder: Path) -> None:
    (folder / "mkdocs.yaml").write_text("site_name: x\n")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_folder_in_a_files_place, "roster/people.yaml"),
        (_broken_configuration, "mkdocs.yml cannot be read"),
        (_other_name, "rename mkdocs.yaml"),
    ],
)
def test_what_stands_in_the_way_is_told(spoil: Callable[[Path], None], words: str, tmp_path: Path) -> None:
    folder = tmp_path / "portal"
    folder.mkdir()
    spoil(folder)

    made = init(folder)

    assert made.code == 2
    assert words in made.err


def test_nothing_is_written_through_a_broken_link(tmp_path: Path) -> None:
    folder = tmp_path / "portal"
    folder.mkdir()
    (folder / "README.md").symlink_to(tmp_path / "elsewhere.md")

    made = init(folder)

    assert "left as it is: README.md" in made.err
    assert not (tmp_path / "elsewhere.md").exists()
