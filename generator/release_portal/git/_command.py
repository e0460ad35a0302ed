"""Starts git processes: the only place of the product that does.

Every process gets a fixed command line and a fixed environment. Nothing of the caller's environment
reaches git but PATH, no configuration outside the repository is read, and what the repository's own
configuration could switch on (hooks, monitors, pagers, signature programs, order of output) is off.
The git directory is named outright, so git neither searches for one, nor runs into a repository that
somebody buried in the tree, nor asks who owns it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from release_portal.git.unverifiable import Unverifiable, damaged, no_git

if TYPE_CHECKING:
    from git.cmd import Git

_CONFIGURATION = {
    "safe.bareRepository": "explicit",
    "core.fsmonitor": "false",
    "core.hooksPath": "/dev/null",
    "core.attributesFile": "/dev/null",
    "core.commitGraph": "false",  # parents come from the commits themselves
    "core.quotePath": "false",
    "core.pager": "cat",
    "color.ui": "false",
    "diff.orderFile": "/dev/null",
    "diff.renames": "false",
    "log.follow": "false",
    "log.mailmap": "false",
    "log.showRoot": "true",
    "log.showSignature": "false",
    "protocol.allow": "never",
}
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_GRAFT_FILE": "/dev/null",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
    "TZ": "UTC",
}
_CHUNK = 1 << 15  # no more than a pipe holds, or git would wait while it is looked through


@dataclass(frozen=True, slots=True)
class Output:
    """What a git process said, and its exit status."""

    status: int
    stdout: bytes
    stderr: str


class Command:
    """Git on one repository. `name` is how messages call it; `processes` counts what was started."""

    def __init__(self, name: str, git_dir: Path) -> None:
        self.name, self.processes = name, 0
        self._git_dir = git_dir
        self._program = shutil.which("git") or ""
        self._env = shutil.which("env") or "/usr/bin/env"
        if not self._program:
            raise no_git()
        self._git = _git_python()(str(git_dir))

    def run(
        self,
        arguments: Sequence[str],
        stdin: bytes = b"",
        configuration: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Output:
        """Output of one process, whatever its exit status."""
        line = self._line(arguments, configuration or {}, environment or {})
        with tempfile.TemporaryFile() as file:
            status, stdout, stderr = self._git.execute(
                line,
                istream=_filled(file, stdin),
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
            )
        return Output(status, stdout, stderr)

    def read(self, arguments: Sequence[str], stdin: bytes = b"") -> bytes:
        """Standard output of one process.

        Raises:
            Unverifiable: git failed, or it left out references that it could not read.

        """
        output = self.run(arguments, stdin)
        if output.status or "broken ref" in output.stderr:
            raise self.failed(output.stderr)
        return output.stdout

    def stream(self, arguments: Sequence[str], stdin: bytes = b"") -> Iterator[bytes]:
        """Standard output of one process in pieces, while it still runs.

        Raises:
            Unverifiable: git failed. What was given until then must not be used.

        """
        with tempfile.TemporaryFile() as file:
            process: Any = self._git.execute(
                self._line(arguments, {}, {}), istream=_filled(file, stdin), as_process=True
            )
            said: list[bytes] = []
            drain = Thread(target=lambda: said.append(process.stderr.read()))
            drain.start()
            try:
                while piece := process.stdout.read(_CHUNK):
                    yield piece
            finally:  # also where the reader stops early
                process.stdout.close()
                status = process.proc.wait()
                drain.join()
                process.stderr.close()
        if status:
            raise self.failed(b"".join(said).decode(errors="replace"))

    def failed(self, stderr: str) -> Unverifiable:
        """The error for a process that failed, from what it wrote."""
        lines = [line for line in stderr.splitlines() if line.startswith(("fatal:", "error:", "warning:"))]
        reason = (lines or stderr.splitlines() or ["git failed"])[-1].partition(": ")[2] or "git failed"
        return damaged(self.name, "".join(one if one.isprintable() else "?" for one in reason[:200]))

    def _line(
        self, arguments: Sequence[str], configuration: Mapping[str, str], environment: Mapping[str, str]
    ) -> list[str]:
        """The whole command line. `env -i` because GitPython would hand on the caller's environment."""
        self.processes += 1
        variables = {"PATH": os.environ.get("PATH", os.defpath), **_ENVIRONMENT, **environment}
        settings = {**_CONFIGURATION, **configuration}
        line = [self._env, "-i", *(f"{key}={value}" for key, value in variables.items())]
        line += [self._program, "--no-pager", f"--git-dir={self._git_dir}"]
        # The work tree is said to be where git runs, so that paths count from the top whatever is configured.
        line += [f"--work-tree={self._git_dir}"]
        for key, value in settings.items():
            line += ["-c", f"{key}={value}"]
        return line + list(arguments)


def _filled(file: Any, content: bytes) -> Any:
    file.write(content)
    file.seek(0)
    return file


@cache
def _git_python() -> "type[Git]":
    """GitPython's command runner. It is imported late: importing takes 0.1 s, and fails without git."""
    try:
        from git.cmd import Git
    except ImportError as error:
        raise no_git() from error
    return Git
