"""A public project's releases, as they are on PyPI, brought into a new portal with reports of real tools.

`golden/semver.bundle` has one commit and one annotated tag for each of three sdists of semver: sources, tests, the day and
the words of its change log, where issues are named GH-459. Its license is in it.
"""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from tests.conftest import ROOT, run
from tests.importing import tool

TESTS = ("-p", "no:xdist", "-p", "no:cacheprovider", "-q", "-c", os.devnull, "-o", "pythonpath=src")


def reports(product: Path) -> None:
    """Let pytest, coverage.py, Ruff and cyclonedx-py report on the product."""
    pytest = ("-m", "pytest", *TESTS, "--rootdir=.", "--junitxml=junit-features.xml", "tests/test_compare.py")
    tool("coverage", "run", "--source=src", *pytest, cwd=product)
    tool("coverage", "xml", "-q", "-o", "coverage.xml", cwd=product)
    ruff = ("--isolated", "--no-cache", "--select=S", "--output-format=sarif", "-o=ruff.sarif", "src")
    subprocess.run([sys.executable, "-m", "ruff", "check", *ruff], cwd=product, check=False)
    (product / "requirements.txt").write_text("semver==3.0.4\n")
    tool("cyclonedx_py", "requirements", "--of=JSON", "-o=bom.json", "requirements.txt", cwd=product)


def test_releases_of_a_public_project_are_imported_checked_and_built(tmp_path: Path) -> None:
    product, portal = tmp_path / "semver", tmp_path / "portal"
    subprocess.run(["git", "clone", "-q", ROOT / "tests/golden/semver.bundle", product], check=True)
    reports(product)
    for command in (
        ("init", "portal"),
        ("-C", "portal", "new", "3.0.4"),
        ("-C", "portal", "import", "git", "3.0.4", "semver"),
        ("-C", "portal", "import", "junit", "3.0.4", "semver/junit-features.xml"),
        ("-C", "portal", "import", "cobertura", "3.0.4", "semver/coverage.xml"),
        ("-C", "portal", "import", "sarif", "3.0.4", "semver/ruff.sarif"),
        ("-C", "portal", "import", "cyclonedx", "3.0.4", "semver/bom.json"),
        ("-C", "portal", "check"),
        ("-C", "portal", "build", "--site-dir", str(tmp_path / "site")),
    ):
        done = run(*command, cwd=tmp_path)
        assert done.code == 0, (command, done.out, done.err)

    changes = yaml.safe_load((portal / "releases/3.0.4/01-planning/changes.yaml").read_text())["changes"]
    assert [one["ticket"] for one in changes] == [
        "GH-459",
        "GH-457",
        "GH-456",
    ]  # those of 3.0.3 are not in it
    assert "semver 3.0.3..3.0.4" in changes[0]["note"]
    for report, copy in (("junit-features.xml",) * 2, ("ruff.sarif",) * 2, ("bom.json", "bom.cdx.json")):
        kept = portal / "releases/3.0.4/evidence" / copy
        assert kept.read_bytes() == (product / report).read_bytes()
    suites = yaml.safe_load((portal / "releases/3.0.4/04-testing/test-summary.yaml").read_text())["suites"]
    assert suites[0]["passed"] > 20
    assert (tmp_path / "site/releases/3.0.4/testing/index.html").is_file()
