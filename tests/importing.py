"""Runs the command line within the test's own process: a hundred imports are judged in the time of ten processes."""

import io
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from release_portal import cli
from tests.conftest import Run


def call(*arguments: str, cwd: Path) -> Run:
    """What a command does in a folder."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = cli.run(list(arguments))
    return Run(code, out.getvalue(), err.getvalue())
