"""What this project is made of: each part has a reason and a hash, and the list of them is the same on every machine."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

BIN = Path(sys.executable).parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text())


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=;~! ]", one)[0].replace("_", "-").lower() for one in requirements}


ASKED = {
    "": PROJECT["project"]["dependencies"],
    **PROJECT["project"]["optional-dependencies"],
    **PROJECT["dependency-groups"],
}


@pytest.mark.parametrize("group", ASKED)
def test_each_dependency_has_its_reason(group: str) -> None:
    told = (ROOT / "docs/dependencies.md").read_text().lower().replace("ruamel.yaml", "ruamel-yaml")
    untold = {
        one for one in names(ASKED[group]) if not re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", told)
    }
    assert untold == set()


def test_each_locked_file_has_its_hash() -> None:
    for package in LOCK["package"]:
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        assert files or "editable" in package["source"], package["name"]
        assert all(one["hash"].startswith("sha256:") for one in files), package["name"]


def bill(folder: Path) -> tuple[str, bytes]:
    """What `make sbom` writes, by the same two commands."""
    makefile = (ROOT / "Makefile").read_text()
    lines = [line.strip() for line in makefile.partition("sbom: setup")[2].splitlines()[2:4]]
    folder.mkdir()
    for line in lines:
        command = (
            line.replace("$(UV)", str(BIN / "uv")).replace("$(RUN)", str(BIN)).replace("dist/", f"{folder}/")
        )
        done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return (folder / "requirements.txt").read_text(), (folder / "sbom.cdx.json").read_bytes()


def test_the_bill_of_materials_is_whole_and_the_same_each_time(tmp_path: Path) -> None:
    (requirements, first), (_, second) = bill(tmp_path / "one"), bill(tmp_path / "two")
    document: dict[str, Any] = json.loads(first)
    assert first == second
    assert str(tmp_path).encode() not in first
    assert str(ROOT).encode() not in first
    assert (document["bomFormat"], document["metadata"]["component"]["name"]) == (
        "CycloneDX",
        "release-portal",
    )
    listed = {(one["name"], one["version"]) for one in document["components"]}
    extras = PROJECT["project"]["optional-dependencies"].values()
    assert not {"hatchling", "uv"} & {name for name, _ in listed}, "tools that build are no part of it"
    assert names([*ASKED[""], *(one for extra in extras for one in extra)]) <= {name for name, _ in listed}
    assert listed <= {(one["name"], one.get("version")) for one in LOCK["package"]}
    pinned = re.findall(r"(?m)^\S+==", requirements)
    assert len(pinned) == len(listed) == len(re.findall(r"(?m)^\S+==.*\\\n +--hash=sha256:", requirements))


def test_the_image_is_locked_and_its_user_is_not_root() -> None:
    """No image is built here: where its commands run without one, tests/test_init.py runs them."""
    lines = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text()).splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    last = dict(steps)
    assert last["USER"].isdigit()
    assert int(last["USER"]) > 0
    assert json.loads(last["ENTRYPOINT"]) == ["release-portal"]
    ran = " ".join(rest for word, rest in steps if word == "RUN")
    assert "uv sync --frozen --no-dev" in ran
    assert not [rest for word, rest in steps if word == "ADD" or "curl" in rest or "wget" in rest]
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    wanted = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert {".ci/uv.txt", "generator", "pyproject.toml", "uv.lock", "README.md", "LICENSE", *wanted} <= set(
        kept
    )
    assert not [one for one in kept if not (ROOT / one).exists()]


HASHED = re.compile(r"(?m)^[a-z0-9._-]+==\S+(?: ;[^\\\n]*)?(?: \\\n +--hash=sha256:[0-9a-f]{64})+$")


def test_uv_is_the_one_of_the_lock_by_its_hashes(tmp_path: Path) -> None:
    pins = (ROOT / ".ci/uv.txt").read_text()
    makefile = (ROOT / "Makefile").read_text()
    line = makefile.partition("\npins: setup")[2].splitlines()[1].strip().replace("$(UV)", str(BIN / "uv"))
    again = line.replace(".ci/uv.txt", str(tmp_path / "uv.txt"))
    subprocess.run(["bash", "-c", again], cwd=ROOT, check=True)
    assert (tmp_path / "uv.txt").read_text() == pins, "`make pins` writes it"
    assert HASHED.fullmatch(pins.strip())


def installers() -> dict[str, str]:
    """The commands that install this program from its source, by the file where they stand."""
    action: Any = yaml.safe_load((ROOT / "action.yml").read_text())
    told = (ROOT / "docs/dependencies.md").read_text().splitlines()
    return {
        "Makefile": (ROOT / "Makefile").read_text(),
        "Dockerfile": (ROOT / "Dockerfile").read_text(),
        "docs/dependencies.md": "\n".join(line for line in told if line.startswith("    ")),
        "action.yml": action["runs"]["steps"][0]["run"],
    }


@pytest.mark.parametrize("place", installers())
def test_what_is_installed_is_asked_for_by_hash(place: str) -> None:
    text = re.sub(r"\\\n", " ", installers()[place])
    pip = re.findall(r"(?m)^.*pip install.*$", text)
    assert pip or "uv sync" in text
    for line in pip:
        assert "--require-hashes --only-binary :all: -r " in line or "--no-deps --no-index" in line, line
    for line in re.findall(r"(?m)^.*uv\)?\"? sync.*$", text):
        assert "--frozen" in line, line
    assert not re.search(r"pipx|uvx|uv==|pip install (--quiet )?uv", text)


def sync(folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Install a checkout where no index can be asked: files of uv.lock come from the cache, whatever else is wanted fails."""
    empty = home / "index"
    empty.mkdir(parents=True)
    nowhere = ("--no-index", "--offline", "--find-links", str(empty), "--reinstall-package", "release-portal")
    command = [str(BIN / "uv"), "sync", "--frozen", "--no-dev", "--no-editable", *nowhere]
    return subprocess.run(
        [*command, "--python", sys.executable],
        cwd=folder,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(home / "venv")},
        capture_output=True,
        text=True,
        check=False,
    )


def checkout(folder: Path) -> Path:
    folder.mkdir()
    for one in ("generator", "docs", "overrides", "roster", "releases", "pyproject.toml", "uv.lock", "mkdocs.yml",
                "release-process.md", "README.md", "LICENSE"):  # fmt: skip
        (folder / one).symlink_to(ROOT / one)
    return folder


def test_the_build_backend_comes_from_the_lock_too(tmp_path: Path) -> None:
    project = checkout(tmp_path / "project")

    done = sync(project, tmp_path / "locked")
    assert done.returncode == 0, done.stderr
    locked = {(one["name"], one["version"]) for one in LOCK["package"] if "version" in one}
    listed = subprocess.run(
        [str(BIN / "uv"), "pip", "list", "--format", "json", "--python", str(tmp_path / "locked/venv")],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    installed = {(one["name"], one["version"]) for one in json.loads(listed)}
    assert {"hatchling", "release-portal"} <= {name for name, _ in installed}
    assert installed <= locked

    config = (ROOT / "pyproject.toml").read_text()
    (project / "pyproject.toml").unlink()
    (project / "pyproject.toml").write_text(re.sub(r"(?m)^no-build-isolation-package.*\n", "", config))
    undone = sync(project, tmp_path / "isolated")
    assert undone.returncode != 0
    assert "hatchling" in undone.stderr


def test_the_wheel_is_built_by_what_was_locked_and_needs_nothing_to_be_installed(tmp_path: Path) -> None:
    line = (ROOT / "Makefile").read_text().partition("\nwheel: setup")[2].splitlines()[1].strip()
    command = (
        line.replace("$(UV)", str(BIN / "uv")).replace("$(RUN)", str(BIN)).replace(" dist", f" {tmp_path}")
    )
    environment = {**os.environ, "UV_OFFLINE": "1"}
    subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, check=True)
    (wheel,) = tmp_path.glob("*.whl")

    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    pip = [str(tmp_path / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--no-cache-dir"]
    subprocess.run([*pip, "--no-deps", "--no-index", str(wheel)], check=True)
    assert (tmp_path / "venv/bin/release-portal").is_file()


RECIPES = sorted(
    path
    for folder in ("docs", "generator/release_portal/starter/files")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".md", ".yml"}
)


def test_recipes_name_actions_by_commit_and_tools_by_version() -> None:
    used = []
    for path in RECIPES:
        text = path.read_text()
        used += re.findall(r"(?m)^ *-? *uses: (.*)$", text)
        for install in re.findall(r"pip install \"(release-portal.*)\"", text):
            assert install == "release-portal==<<version>>", path
        for image in re.findall(r"(?m)^ *image: (.*)$", text):
            assert re.fullmatch(r"python:\d+\.\d+\.\d+-\w+", image), path
    assert len(used) >= 8
    for one in used:
        assert re.fullmatch(r"\S+@(?:[0-9a-f]{40}|<commit>) # v\d+\.\d+\.\d+", one), one
    base = re.search(r"(?m)^ARG PYTHON=(.*)$", (ROOT / "Dockerfile").read_text())
    assert base
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", base[1])


def test_no_recipe_lets_a_page_host_serve_the_internal_site() -> None:
    """GitLab Pages serves the folder `public` of a job, GitHub Pages what deploy-pages is given."""
    blocks = [
        block
        for path in RECIPES
        for block in (
            re.findall(r"(?ms)^```yaml\n(.*?)^```", path.read_text())
            if path.suffix == ".md"
            else [path.read_text()]
        )
    ]
    public = [one for one in blocks if re.search(r"(?m)^pages:|: \[?public\b|site-dir public", one)]
    assert len(public) == 1
    assert all("--audience public" in one for block in public for one in block.splitlines() if "build" in one)
    assert not [one for one in blocks if re.search(r"uses:.*(deploy-pages|gh-pages|pages-artifact)", one)]


def test_there_is_a_private_way_to_report_a_flaw() -> None:
    told = (ROOT / "SECURITY.md").read_text()
    assert "Report a vulnerability" in told
    assert re.search(r"\| \d+ working days \|", told)
    major, minor, _ = PROJECT["project"]["version"].split(".")
    assert f"| the newest {major}.{'x' if major == '0' else minor} release | yes |" in told
