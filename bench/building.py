"""Benchmark of `build` on growing portals: `python bench/building.py [RELEASES...]`, 10 and 100 if not said.

Corpora are made by bench/corpus.py. A cold build is compared with plain Material for MkDocs over the text of the same
pages, its navigation cut to one entry, both with search; a build with nothing changed with a walk that looks at every
file of the portal, interpreter start included; one edited record with the cold build. Processor time stands beside the
wall's, for disks are noisy. It prints one table and fails where a budget is exceeded. 1,000 releases take half an hour,
most of it the yardstick's; `--no-plain` leaves it out.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from checking import WALK
from corpus import write
from markdownify import markdownify

EPOCH = "1795000000"
PLAIN = """
site_name: Plain
theme: {name: material, font: false, features: [navigation.prune]}
nav: [index.md]
plugins: [search]
validation:
  omitted_files: ignore
  links: {not_found: ignore, unrecognized_links: ignore, absolute_links: ignore, anchors: ignore}
"""
GROWTH_BUDGET, PLAIN_BUDGET, IDLE_BUDGET = 1.15, 5.0, 2.0


@dataclass(frozen=True)
class Time:
    """Seconds on the wall and of the processor, with those of worker processes; megabytes at most in one process."""

    wall: float
    cpu: float
    megabytes: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:8.2f} s wall {self.cpu:8.2f} s CPU {self.megabytes:6.0f} MB"


def timed(command: list[str], cache: Path) -> Time:
    """Run a command in a process of its own."""
    environment = {
        **os.environ, "XDG_CACHE_HOME": str(cache), "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"
    }  # fmt: skip
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    _, said = process.communicate()
    wall = time.perf_counter() - begun
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}\n{said.decode()}")
    return Time(wall, 0)


def measured(command: list[str], cache: Path) -> Time:
    """The same, with the processor's time and the largest process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    taken = timed(command, cache)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Time(taken.wall, cpu, after.ru_maxrss / 1024)


def as_plain(site: Path, target: Path) -> int:
    """Write what the pages of a built portal say as the sources of a plain one; give their number."""
    pages = [path for path in site.rglob("index.html") if "search" not in path.relative_to(site).parts]
    for path in pages:
        article = path.read_text().partition("<article")[2].partition(">")[2].rpartition("</article>")[0]
        source = target / "docs" / path.relative_to(site).with_suffix(".md")
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(markdownify(article, heading_style="ATX"))
    (target / "mkdocs.yml").write_text(PLAIN)
    return len(pages)


def say(text: str) -> None:
    """Write a line of the report, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser()
    parser.add_argument("releases", nargs="*", type=int, default=[10, 100])
    parser.add_argument("--no-plain", action="store_true")
    options = parser.parse_args()
    tool = str(Path(sys.executable).with_name("release-portal"))
    costs, failed = {}, []
    with tempfile.TemporaryDirectory(prefix="building-") as name:
        for number in options.releases:
            room, cache = Path(name, str(number)), Path(name, str(number), "cache")
            portal, site = room / "portal", room / "site"
            write(portal, number)
            build = [tool, "-C", str(portal), "build", "--site-dir", str(site)]
            cold = measured(build, cache)
            time.sleep(2.1)  # files have to have settled before their signatures are trusted
            timed(build, cache)
            idle, walk = (measured(one, cache) for one in (build, [sys.executable, "-c", WALK, str(portal)]))
            record = sorted(portal.glob("releases/*/08-monitoring/health.yaml"))[number // 2]
            record.write_text(record.read_text() + "# edited\n")
            edited = measured(build, cache)
            costs[number] = cold.cpu / number
            say(
                f"{number} releases\n  cold    {cold}\n  edited  {edited}\n  idle    {idle}\n  walk    {walk}"
            )
            say(
                f"  cost of a release {1000 * costs[number]:.0f} ms CPU; idle is {idle.wall / walk.wall:.2f} x the walk"
            )
            if idle.wall > IDLE_BUDGET * walk.wall:
                failed.append(f"idle at {number}")
            if not options.no_plain:
                pages = as_plain(site, room / "plain")
                mkdocs = str(Path(sys.executable).with_name("mkdocs"))
                plain = measured([mkdocs, "build", "-q", "-f", str(room / "plain/mkdocs.yml")], cache)
                say(
                    f"  plain   {plain} ({pages} pages): {plain.wall / cold.wall:.1f} x wall, {plain.cpu / cold.cpu:.1f} x CPU"
                )
                if plain.wall < PLAIN_BUDGET * cold.wall:
                    failed.append(f"plain at {number}")
            shutil.rmtree(room)
    if failed:
        sys.exit(f"over budget: {', '.join(failed)}")


if __name__ == "__main__":
    main()
