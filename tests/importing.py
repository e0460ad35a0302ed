"""What tests of imports share: reports that tools write, and the command line within the test's own process.

So a hundred imports are judged in the time of ten processes.
"""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from release_portal import cli
from tests.conftest import Run

SUITE = """\
import pytest

def test_one(): pass

@pytest.mark.parametrize("n", [1, 2])
def test_many(n): pass

@pytest.mark.skip
def test_later(): pass
"""


def call(*arguments: str, cwd: Path) -> Run:
    """What a command does in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = cli.run(list(arguments))
    return Run(code, out.getvalue(), err.getvalue())


def tool(*arguments: str, cwd: Path, ends: int = 0) -> None:
    """Run a tool of the virtual environment, as CI would."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == ends, done.stdout + done.stderr


def write_reports(folder: Path) -> None:
    """Let pytest, coverage.py, Ruff and cyclonedx-py write their reports into a folder."""
    (folder / "test_suite.py").write_text(SUITE)
    (folder / "subject.py").write_text("import os\na = 1\nif not a:\n    b = 2\nassert a\n")
    (folder / "requirements.txt").write_text("click==8.2.0\nsemver==3.0.4\n")
    plugins = ("-p", "no:cacheprovider", "-p", "no:xdist", "-c", os.devnull)
    tool("pytest", *plugins, "--junitxml=junit-security.xml", "test_suite.py", cwd=folder)
    tool("coverage", "run", "subject.py", cwd=folder)
    tool("coverage", "xml", "-q", "-o", "coverage.xml", cwd=folder)
    ruff = (
        "--isolated",
        "--no-cache",
        "--select=F,S",
        "--output-format=sarif",
        "-o=ruff.sarif",
        "subject.py",
    )
    tool("ruff", "check", *ruff, cwd=folder, ends=1)
    tool("cyclonedx_py", "requirements", "--of=JSON", "-o=bom.json", "requirements.txt", cwd=folder)
