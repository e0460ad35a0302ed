"""Benchmark of `package`: `python bench/audit_package.py [FILES]`, 100 evidence files of 1 MB if not said.

The portal is tests/base with one release. The yardstick is `sha256sum` and then `zip -0` over the same files, with
cold output files in the same folder. Yardstick and package alternate; each figure is a median. Told beside it is the
same package without the big files: what interpreter, judging and drawing the pages take, however much evidence there
is. Both are measured with the evidence report as HTML and as PDF, so that what WeasyPrint takes stands by itself. Program and templates are compiled before the first round, as Python and Jinja keep them. Memory is the largest
resident set of the process. It fails where a budget is exceeded.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BASE = Path(__file__).parents[1] / "tests/base"
MEGABYTE = 1_000_000
TIME_BUDGET, MEMORY_BUDGET = 1.5, 10.0
ROUNDS = 7
NAMES = {
    "yardstick": "sha256sum and zip -0 over the evidence",
    "html": "package, report as HTML",
    "html, empty": "the same without the big files",
    "pdf": "package, report as PDF",
    "pdf, empty": "the same without the big files",
}
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def corpus(folder: Path, files: int) -> tuple[Path, Path]:
    """Two portals: one with big evidence files, one without."""
    big, small = folder / "big", folder / "small"
    for portal in (big, small):
        shutil.copytree(BASE, portal)
    chance = random.Random(9)  # noqa: S311  # the same files on every machine
    for number in range(files):
        (big / f"releases/1.0.0/evidence/run-{number:03}.log").write_bytes(chance.randbytes(MEGABYTE))
    return big, small


def timed(commands: list[list[str]]) -> tuple[float, float, float]:
    """Seconds on the wall, seconds of the processor, and the largest resident set in MB, of commands in turn."""
    wall = cpu = memory = 0.0
    for command in commands:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall += time.perf_counter() - begun
        if process.returncode:
            sys.exit(f"{command[:4]} ended with {process.returncode}")
        cpu += used.ru_utime + used.ru_stime
        memory = max(memory, used.ru_maxrss / 1024)
    return wall, cpu, memory


def measure(folder: Path, files: int) -> dict[str, tuple[float, float, float]]:
    """Median of each figure."""
    big, small = corpus(folder, files)
    evidence = sorted(str(path) for path in (big / "releases/1.0.0/evidence").iterdir())
    yard, out = folder / "yard.zip", folder / "out.zip"

    def package(portal: Path, report: str) -> list[str]:
        options = ["package", "1.0.0", "-o", str(out), "--force", "--as-of", "2026-03-03", "--report", report]
        return [sys.executable, "-m", "release_portal", "-C", str(portal), *options]

    rounds: dict[str, list[tuple[float, float, float]]] = {name: [] for name in NAMES}
    for report in ("html", "pdf"):
        timed([package(small, report)])
    for _ in range(ROUNDS):
        yard.unlink(missing_ok=True)
        rounds["yardstick"].append(
            timed([["sha256sum", *evidence], ["zip", "-0", "-q", str(yard), *evidence]])
        )
        for report in ("html", "pdf"):
            rounds[report].append(timed([package(big, report)]))
            rounds[f"{report}, empty"].append(timed([package(small, report)]))
    return {
        name: (
            statistics.median(one[0] for one in found),
            statistics.median(one[1] for one in found),
            max(one[2] for one in found),
        )
        for name, found in rounds.items()
    }


def main() -> int:
    """Print the table; 1 where a budget is exceeded."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    folder = Path(tempfile.mkdtemp(prefix="bench-package-"))
    try:
        found = measure(folder, files)
    finally:
        shutil.rmtree(folder)
    sys.stdout.write(f"{files} evidence files of 1 MB; median wall and CPU seconds, largest memory in MB\n")
    for name, (wall, cpu, memory) in found.items():
        sys.stdout.write(f"{NAMES[name]:<42}{wall:8.2f} {cpu:8.2f} {memory:8.0f}\n")
    kept = [within(found, report) for report in ("html", "pdf")]
    return 0 if all(kept) else 1


def within(found: dict[str, tuple[float, float, float]], report: str) -> bool:
    """Say whether a package with a report of a kind keeps the budgets."""
    yard, package, empty = found["yardstick"], found[report], found[f"{report}, empty"]
    by_wall, by_cpu, grown = package[0] / yard[0], package[1] / yard[1], package[2] - empty[2]
    kept = min(by_wall, by_cpu) <= TIME_BUDGET and grown <= MEMORY_BUDGET
    sys.stdout.write(
        f"{report}: time {by_wall:.2f} x (CPU {by_cpu:.2f} x), budget {TIME_BUDGET:.1f} x; "
        f"memory grows by {grown:.0f} MB, budget {MEMORY_BUDGET:.0f} MB: {'within budget' if kept else 'OVER BUDGET'}\n"
    )
    return kept


if __name__ == "__main__":
    sys.exit(main())
