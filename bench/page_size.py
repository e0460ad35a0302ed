"""Compares the size of every page in a small portal and in one of many releases.

`python bench/page_size.py [RELEASES]`, 100 when not told: builds the portal of that many releases, and one of its 10
newest alone, both without search; prints the bytes of the page of each kind that grows most. The oldest of the 10 is
left out: there it has no release before it. No page may grow with the number of releases: it ends with 1 when one does,
and the last column says by how many bytes for each release.
"""

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from corpus import write

from release_portal.site import build

SMALL = 10
LIMIT = 1.15  # of any page; one that lists every release passes it at once
_RELEASE = re.compile(r"releases/[0-9][^/]*/")
_ROWS = re.compile(
    r"all-\d+\.html"
)  # up to 200 rows of a register each: there are more of them, not larger ones
_SERIES = re.compile(r"(guide|records|rules|releases/latest|releases/production)/.+")


def measure(folder: Path) -> Mapping[str, int]:
    """Build a portal; gives bytes of HTML by address."""
    site = folder / "site"
    build(folder / "mkdocs.yml", site, search=False)
    pages = site.rglob("*.html")
    return {
        page.relative_to(site).as_posix().removesuffix("index.html"): page.stat().st_size
        for page in pages
        if not _ROWS.fullmatch(page.name)
    }


def kind(address: str) -> str:
    """Give pages of one kind one name."""
    return _SERIES.sub(r"\1/*", _RELEASE.sub("releases/*/", address))


def table(small: Mapping[str, int], large: Mapping[str, int], more: int) -> tuple[list[str], bool]:
    """One line for each kind of page that both portals have, the fastest growing first; and whether all is well."""
    worst: dict[str, tuple[float, int, int]] = {}  # the page of its kind that grows most
    for address in small.keys() & large.keys():
        one = (large[address] / small[address], small[address], large[address])
        worst[kind(address)] = max(one, worst.get(kind(address), one))
    lines, good = [f"{'page':44}{'small':>9}{'large':>9}{'ratio':>7}{'bytes/release':>15}"], True
    for name, (ratio, few, many) in sorted(worst.items(), key=lambda one: (-one[1][0], one[0])):
        lines.append(f"{name or '(home)':44}{few:9}{many:9}{ratio:7.2f}{(many - few) / more:15.0f}")
        good &= ratio <= LIMIT
    return lines, good


def main() -> int:
    """Make both portals in a temporary folder and compare them; 1 when a page grows."""
    parser = argparse.ArgumentParser(
        description="Compare the size of pages in portals of few and many releases."
    )
    parser.add_argument("releases", type=int, nargs="?", default=100)
    releases = parser.parse_args().releases
    with tempfile.TemporaryDirectory() as folder:
        many, few = Path(folder, "many"), Path(folder, "few")
        write(many, releases)
        shutil.copytree(many, few)
        by_version = sorted((few / "releases").iterdir(), key=lambda one: [*map(int, one.name.split("."))])
        for release in by_version[:-SMALL]:
            shutil.rmtree(release)
        small, first = measure(few), f"releases/{by_version[-SMALL].name}/"
        compared = {address: size for address, size in small.items() if not address.startswith(first)}
        lines, good = table(compared, measure(many), releases - SMALL)
    print("\n".join(lines))  # noqa: T201  # what it is for
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
