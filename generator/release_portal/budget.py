"""What reading somebody else's file may cost: tried in a child process with a limit on time and memory.

A parser that runs away or crashes takes the child with it, and nothing else. Nothing is taken from the child but how
it ended: whoever asked then does the work itself, knowing that it can be afforded. Doing it twice is the price of
taking no value from a process that read hostile bytes, so only files large enough to hurt are tried: of what is known,
no record of `SMALL` bytes and no report of `SMALL_REPORT` bytes costs more than a second. All else would cost every
check a process for each of its files. Time is the processor's, so that a busy machine changes no verdict.
"""

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

SECONDS = 5
SECONDS_REPORT = 10
MEGABYTES = 512
SMALL = 16 * 1024  # bytes
SMALL_REPORT = 1024 * 1024  # bytes
_WITHIN, _NO_MEMORY = 0, 1


def over_budget(task: Callable[[], object], seconds: int = SECONDS, megabytes: int = MEGABYTES) -> str:
    """Why a task is not to be done here, in words that follow "it"; empty where it may be.

    An exception that the task raises is none of the reasons: it will be raised here just as well.
    """
    if not hasattr(os, "fork"):
        return ""
    child = os.fork()
    if not child:
        _end_with(task, seconds, megabytes)
    try:
        _, status = os.waitpid(child, 0)
    except BaseException:  # an interrupt, most likely: leave no child at work
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    if os.WIFSIGNALED(status):
        ended_by = signal.Signals(os.WTERMSIG(status))
        slow = ended_by in {signal.SIGXCPU, signal.SIGKILL}
        return f"takes more than {seconds} s to read" if slow else f"crashes its reader ({ended_by.name})"
    return "" if os.WEXITSTATUS(status) == _WITHIN else f"takes more than {megabytes} MB to read"


def _end_with(task: Callable[[], object], seconds: int, megabytes: int) -> None:
    """Do a task within limits and end this process, without any of the exits that it shares with its parent."""
    code = _WITHIN
    try:
        signal.signal(signal.SIGXCPU, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (_taken() + megabytes * 1024 * 1024,) * 2)
        task()
    except MemoryError:
        code = _NO_MEMORY
    except Exception:  # noqa: BLE001, S110  # whoever asked meets it again
        pass
    finally:
        os._exit(code)


def _taken() -> int:
    """The address space of this process in bytes, as Linux tells it; elsewhere a terabyte, which limits nothing."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 1 << 40
