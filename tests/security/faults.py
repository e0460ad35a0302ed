"""Commands that are cut short at a chosen point: killed, told to end, or refused by the disk.

A command runs in a fork of the test, so that it is the real one and yet need not be imported anew. A point is the n-th
time that it is about to change something on disk: Python tells of each before it happens, whoever's code it is.
"""

import errno
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from release_portal import cli

Act = Callable[[int, str], None]  # what happens before the n-th change, an event's name
_MAKES = {"os.mkdir", "os.rename", "os.link", "os.symlink"}  # what a full disk refuses
_CHANGES = {*_MAKES, "open", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "ctypes.dlsym"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, or the signal as a negative number; what it said; changes it began."""

    code: int
    said: str
    points: int


@dataclass
class Command:
    """A command line, run in a folder. `task` stands in for it: for controls."""

    arguments: tuple[str, ...]
    folder: Path
    task: Callable[[], object] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, act: Act | None = None, *, largest: int = 0) -> Ended:
        """Run it; `largest`: bytes that a file may have."""
        said, saying = os.pipe()  # no file: the disk may be full
        with warnings.catch_warnings(action="ignore"):  # of threads, which the child has none of
            child = os.fork()
        if not child:
            self._be_the_child(saying, act, largest)
        os.close(saying)
        with os.fdopen(said, errors="replace") as stream:
            text = stream.read()
        _, status = os.waitpid(child, 0)
        words, _, points = text.rpartition("\x00")
        code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        return Ended(code, words or text, int(points) if points.isdigit() else 0)

    def _be_the_child(self, saying: int, act: Act | None, largest: int) -> None:
        code, count = 99, [0]
        try:
            for descriptor in (1, 2):
                os.dup2(saying, descriptor)
            os.close(saying)
            sys.stdout = os.fdopen(1, "w", closefd=False)
            sys.stderr = os.fdopen(2, "w", closefd=False)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            os.chdir(self.folder)
            os.environ.update(self.environment)
            sys.dont_write_bytecode = True
            sys.addaudithook(_hook(act, count))
            if largest:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
            self.task() if self.task else cli.main(list(self.arguments))
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        finally:
            act = None
            sys.stdout.flush()
            sys.stderr.flush()
            os.write(2, b"\x00%d" % count[0])
            os._exit(code)


def _hook(act: Act | None, count: list[int]) -> Callable[[str, tuple[Any, ...]], None]:
    own = os.getpid()

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event not in _CHANGES or os.getpid() != own:
            return
        if event == "open" and (given[0] == os.devnull or not (given[2] or 0) & _WRITING):
            return
        if event == "ctypes.dlsym" and given[1] != "renameat2":
            return
        count[0] += 1
        if act:
            act(count[0], event)

    return hook


def struck(point: int, by: signal.Signals) -> Act:
    """A signal before the n-th change."""

    def act(count: int, _event: str) -> None:
        if count == point:
            os.kill(os.getpid(), by)

    return act


def full(point: int, *, for_good: bool) -> Act:
    """A disk that is full from the n-th change on, or for that one only."""

    def act(count: int, event: str) -> None:
        if (count >= point if for_good else count == point) and event in {*_MAKES, "open"}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return act
