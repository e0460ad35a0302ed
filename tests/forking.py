"""Runs the command line again and again: each time in a process of its own, without the half second of its imports.

`python -P tests/forking.py N` reads a run a line from the socket with that number, as JSON, and answers each with its
exit code. What a run's process has is what a new one has: arguments, folder, environment, mask, and its own output.
"""

import json
import os
import pkgutil
import signal
import socket
import sys
import time
from importlib import import_module

from release_portal import cli, commands

# What commands import when they are called; mkdocs comes with the last.
LATER = ("assess", "audit", "board", "exports", "imports", "metrics", "output", "pages", "public", "site")


def serve(asked: socket.socket) -> list[str] | None:
    """Give the arguments of a run, in the process that is to do it; None once nobody asks any more."""
    with asked.makefile("rw", encoding="utf-8") as lines:
        for line in lines:
            child = os.fork()
            if not child:
                return begin(**json.loads(line))
            _, status = os.waitpid(child, 0)
            lines.write(f"{os.waitstatus_to_exitcode(status)}\n")
            lines.flush()
    return None


def begin(
    *, arguments: list[str], folder: str, environment: dict[str, str], mask: int, out: str, err: str
) -> list[str]:
    """Become what a new process would be; gives the arguments."""
    for number, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, out, os.O_WRONLY | os.O_TRUNC),
        (2, err, os.O_WRONLY | os.O_TRUNC),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.umask(mask)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv[1:] = arguments
    return arguments


if __name__ == "__main__":
    for module in pkgutil.iter_modules(commands.__path__, f"{commands.__name__}."):
        import_module(module.name)
    for name in LATER:
        import_module(f"release_portal.{name}")
    given = serve(socket.socket(fileno=int(sys.argv[1])))
    if given is not None:
        cli.main(given)
