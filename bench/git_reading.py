"""Benchmark of reading git: 1,000 annotated tags and 50,000 commits, made on the spot.

Run `python bench/git_reading.py`. Each figure is the median of five runs in one process; the yardstick is one plain
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


def plain_log(repository: Path) -> int:
    """The yardstick: one pass of git over ids and messages, its output received as any reader must."""
    command = ["git", "-C", str(repository), "log", "--format=%H%n%B", "main"]
    return len(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)  # noqa: S603


def read(repository: Path, cache: Cache | None, expected: int, processes: int) -> None:
    """Read tags, commits and ranges, and check what came out and with how many git processes."""
    opened = Repository.open(repository)
    history: History = opened.history("v{version}", cache)
    ranged = sum(sum(one.runs[1::2]) for one in history.ranges)
    found = (
        len(history.log),
        ranged + len(history.unreleased),
        opened.processes,
        cache.notes if cache else (),
    )
    if found != (expected, expected, processes, ()):
        sys.exit(f"read {found}, expected {(expected, expected, processes, ())}")


def details(repository: Path, cache: Cache) -> None:
    """Read every commit's people and message from the cache."""
    for one in Repository.open(repository).history("v{version}", cache).ranges:
        _ = one.commits


def measure(folder: Path) -> dict[str, float]:
    """Median seconds of each kind of read."""
    repository = folder / "product.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(repository)], check=True)  # noqa: S603, S607
    extend(repository, 1, COMMITS)
    read(repository, None, COMMITS, 3)  # imports GitPython, fills the page cache
    rounds = [
        one_round(repository, COMMITS + number * NEW, folder / f"cache{number}") for number in range(ROUNDS)
    ]
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def one_round(repository: Path, size: int, kept: Path) -> dict[str, float]:
    """Seconds of each kind of read; the repository grows by the new commits in between."""
    found = {
        "plain": timed(lambda: plain_log(repository)),
        "cold": timed(lambda: read(repository, None, size, 3)),
        "kept": timed(lambda: read(repository, Cache(kept), size, 3)),
    }
    extend(repository, size + 1, NEW)
    return found | {
        "warm": timed(lambda: read(repository, Cache(kept), size + NEW, 3)),
        "same": timed(lambda: read(repository, Cache(kept), size + NEW, 2)),
        "details": timed(lambda: details(repository, Cache(kept))),
    }


def main() -> int:
    """Print the table; 1 where a budget is exceeded."""
    folder = Path(tempfile.mkdtemp(prefix="bench-git-"))
    try:
        found = measure(folder)
    finally:
        shutil.rmtree(folder)
    plain, cold = found["plain"], found["cold"]
    rows = [
        ("one plain `git log` pass", plain, "", ""),
        (
            "cold read: tags, commits, ranges",
            cold,
            f"{cold / plain:.2f} x plain",
            f"<= {COLD_BUDGET} x plain",
        ),
        ("cold read, and kept in a cache", found["kept"], f"{found['kept'] / plain:.2f} x plain", ""),
        (
            f"second run, {NEW} new commits",
            found["warm"],
            f"{found['warm'] / cold:.3f} x cold",
            f"<= {WARM_BUDGET} x cold",
        ),
        ("second run, nothing new", found["same"], f"{found['same'] / cold:.3f} x cold", ""),
        ("the same, all commits' details", found["details"], f"{found['details'] / cold:.2f} x cold", ""),
    ]
    within = cold <= COLD_BUDGET * plain and found["warm"] <= WARM_BUDGET * cold
    lines = [
        f"{COMMITS} commits, {TAGS} annotated tags, median of {ROUNDS} rounds",
        "git processes: 3 cold, 3 in a second run, 2 with nothing new",
        *(
            f"{name:<34}{seconds * 1000:8.1f} ms  {ratio:<15}{budget}".rstrip()
            for name, seconds, ratio, budget in rows
        ),
        "within budget" if within else "OVER BUDGET",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
