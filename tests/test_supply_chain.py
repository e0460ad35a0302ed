"""What this project is made of: each part has a reason and a hash, and the list of them is the same on every machine."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

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
    assert {"generator", "pyproject.toml", "uv.lock", "README.md", "LICENSE", *wanted} <= set(kept)
    assert not [one for one in kept if not (ROOT / one).exists()]
