"""The command line, as a user runs it."""

import atexit
import json
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO


@dataclass(frozen=True)
class Run:
    """What a command did."""

    code: int
    out: str
    err: str


def run(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> Run:
    """Run the command line in a process of its own."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **(env or {})}
    if _of_python(environment) != _of_python(os.environ):  # what Python itself heeds, it heeds at its start
        command = [sys.executable, "-P", "-m", "release_portal", *arguments]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        return Run(done.returncode, done.stdout, done.stderr)
    with NamedTemporaryFile("r", encoding="utf-8") as out, NamedTemporaryFile("r", encoding="utf-8") as err:
        asked = {"arguments": arguments, "folder": str(cwd), "environment": environment, "mask": _mask()}
        code = _forking().ask(json.dumps({**asked, "out": out.name, "err": err.name}))
        return Run(code, out.read(), err.read())


def _of_python(environment: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(("PYTHON", "LC_", "LANG"))}


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@dataclass(frozen=True)
class _Forking:
    """The process of `forking.py`: it ends when nobody holds this any more."""

    process: subprocess.Popen[bytes]
    lines: TextIO

    def ask(self, line: str) -> int:
        self.lines.write(line + "\n")
        self.lines.flush()
        return int(self.lines.readline())

    def end(self) -> None:
        self.lines.close()
        self.process.wait()


@cache
def _forking() -> _Forking:
    ours, its = socket.socketpair()
    command = [sys.executable, "-P", str(Path(__file__).with_name("forking.py")), str(its.fileno())]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen(command, pass_fds=[its.fileno()], env=environment)
    its.close()
    with ours:
        forking = _Forking(process, ours.makefile("rw", encoding="utf-8"))
    atexit.register(forking.end)
    return forking
