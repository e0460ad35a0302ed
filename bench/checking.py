"""Benchmark of `check` on a large portal: `python bench/checking.py [RELEASES]`, 1,000 if not said.

The corpus is made by bench/corpus.py. Cold is compared with libyaml's safe loader over the same records; warm, with
nothing changed since the last check, with a walk that looks at every file once, interpreter start included. Yardstick
and check alternate; each figure is a median. It fails where a budget is exceeded.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import write

PARSE = """
import os, sys, yaml
for folder, folders, names in os.walk(sys.argv[1]):
    folders[:] = [name for name in folders if name != "evidence"]
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            text = file.read()
        if name.endswith(".md"):
            text = text.split("---\\n")[1]
        yaml.load(text, Loader=yaml.CSafeLoader)
"""
WALK = """
import os, sys
folders = [sys.argv[1]]
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                entry.stat(follow_symlinks=False)
"""
COLD_BUDGET, WARM_BUDGET = 2.0, 2.0
COLD_ROUNDS, WARM_ROUNDS = 3, 7


def timed(command: list[str], cache: Path) -> tuple[float, float]:
    """Seconds on the wall and of the processor that a command takes in a process of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    wall, after = time.perf_counter() - begun, os.times()
    if done.returncode not in (0, 1):
        sys.exit(f"{command} ended with {done.returncode}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, cpu


def medians(rounds: list[dict[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """Median wall and processor seconds of each command."""
    return {
        name: (
            statistics.median(one[name][0] for one in rounds),
            statistics.median(one[name][1] for one in rounds),
        )
        for name in rounds[0]
    }


def measure(folder: Path, releases: int) -> tuple[dict[str, tuple[float, float]], int]:
    """Medians of all four, and the number of records."""
    portal, cache = folder / "portal", folder / "cache"
    write(portal, releases)
    records = sum(
        1 for path in (portal / "releases").rglob("*.*") if "evidence" not in path.parts and path.is_file()
    )
    time.sleep(3)  # what changed just now is never kept
    records_folder = str(portal / "releases")
    parse, walk = [sys.executable, "-c", PARSE, records_folder], [sys.executable, "-c", WALK, records_folder]
    check = [sys.executable, "-m", "release_portal", "-C", str(portal), "check"]
    cold = []
    for _ in range(COLD_ROUNDS):
        shutil.rmtree(cache, ignore_errors=True)
        cold.append({"parse": timed(parse, cache), "cold": timed(check, cache)})
    warm = [{"walk": timed(walk, cache), "warm": timed(check, cache)} for _ in range(WARM_ROUNDS)]
    return medians(cold) | medians(warm), records


def main() -> int:
    """Print the table; 1 where a budget is exceeded."""
    releases = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    folder = Path(tempfile.mkdtemp(prefix="bench-check-"))
    try:
        found, records = measure(folder, releases)
    finally:
        shutil.rmtree(folder)
    rows = (("parse", ""), ("cold", "parse"), ("walk", ""), ("warm", "walk"))
    names = {
        "parse": "libyaml's safe loader on every record",
        "cold": "check, nothing kept",
        "walk": "interpreter, and one look at every file",
        "warm": "check again, nothing changed",
    }
    sys.stdout.write(f"{releases} releases, {records} records; median wall and CPU seconds\n")
    within = True
    for name, yard in rows:
        wall, cpu = found[name]
        ratio = ""
        if yard:
            budget = COLD_BUDGET if name == "cold" else WARM_BUDGET
            by_wall, by_cpu = wall / found[yard][0], cpu / found[yard][1]
            within = within and min(by_wall, by_cpu) <= budget
            ratio = f"{by_wall:.2f} x (CPU {by_cpu:.2f} x), budget {budget:.1f} x"
        sys.stdout.write(f"{names[name]:<42}{wall:8.2f} {cpu:8.2f}   {ratio}".rstrip() + "\n")
    sys.stdout.write("within budget\n" if within else "OVER BUDGET\n")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
