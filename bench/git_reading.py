"""Benchmark of reading git: 1,000 annotated tags and 50,000 commits, made on the spot.

Run `python bench/git.py`. Each figure is the median of five runs in one process; the yardstick is one plain
pass of `git log` over the same repository in the same rounds. It fails where a budget is exceeded.
"""

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from release_portal.git import Cache, History, Repository

COMMITS, TAGS, NEW, ROUNDS = 50_000, 1_000, 50, 5
COLD_BUDGET, WARM_BUDGET = 2.0, 0.1
PEOPLE = [f"Developer {number} <developer.{number}@example.com>" for number in range(20)]
START = 1_600_000_000


def stream(first: int, count: int) -> Iterator[bytes]:
    """A fast-import stream: every tenth commit merges, every fiftieth is tagged."""
    rnd = random.Random(first)  # noqa: S311  # the same repository on every machine
    for number in range(first, first + count):
        who = f"{PEOPLE[rnd.randrange(len(PEOPLE))]} {START + 600 * number} +0530"
        message = (
            f"PAY-{number}: change the ledger for the {number}th time\n\n"
            "The change tells why it is made, what it touches and what it leaves alone,\n"
            "in about as many words as people use.\n\n"
            f"Ticket: PAY-{number}\nReviewed-by: {PEOPLE[number % len(PEOPLE)]}\n"
        )
        yield f"commit refs/heads/main\nmark :{number}\nauthor {who}\ncommitter {who}\n{data(message)}".encode()
        if number == first and first > 1:
            yield b"from refs/heads/main^0\n"
        if number % 10 == 9 and number - first > 5:
            yield f"merge :{number - 5}\n".encode()
        yield f"M 100644 inline src/{number % 50}/{number % 500}.txt\n{data(f'content {number}')}\n".encode()
        if number % (COMMITS // TAGS) == 0:
            version = number // (COMMITS // TAGS)
            tagger = f"Release manager <release@example.com> {START + 600 * number} +0530"
            yield f"tag v1.{version}.0\nfrom :{number}\ntagger {tagger}\n{data(f'Release 1.{version}.0')}".encode()


def data(text: str) -> str:
    """A fast-import data block."""
    return f"data {len(text.encode())}\n{text}\n"


def extend(repository: Path, first: int, count: int) -> None:
    """Imports commits, and packs references as in a clone."""
    git = ["git", "-C", str(repository)]
    subprocess.run([*git, "fast-import", "--quiet"], input=b"".join(stream(first, count)), check=True)  # noqa: S603
    subprocess.run([*git, "pack-refs", "--all"], check=True)  # noqa: S603


def timed(work: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain_log(repository: Path) -> None:
    """The yardstick: one pass of git over ids and messages."""
    command = ["git", "-C", str(repository), "log", "--format=%H%n%B", "main"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
