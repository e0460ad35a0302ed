"""The tool's own releases are records of its own portal, under a process of their own."""

import shutil
import tomllib
from pathlib import Path

import semver

from tests.conftest import ROOT, run


def test_our_own_portal_checks_tells_what_is_open_and_builds(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "own", tmp_path / "own")
    shutil.copytree(ROOT / "overrides", tmp_path / "overrides")
    own = tmp_path / "own"

    checked = run("check", cwd=own)
    assert (checked.code, ": error: " in checked.out) == (0, False), checked.out
    assert run("status", cwd=own).code == 1
    built = run("build", "--no-search", cwd=own)
    assert built.code == 0, built.err
    page = (own / "site/releases/1.0.0/index.html").read_text()
    assert "First stable version" in page
    assert "of 6" in page


def test_the_version_of_the_program_is_not_ahead_of_its_records() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    planned = max(semver.Version.parse(path.name) for path in (ROOT / "own/releases").iterdir())

    assert semver.Version.parse(version) <= planned
