"""The portal without MkDocs and Material: the same addresses, every link whole, and nothing of either is loaded."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import copy_sample, run
from tests.test_pages_html import Places, Reading, address

WITHOUT = """
import sys
from release_portal.cli import run
code = run(["build", "--engine", "plain", "--jobs", "1", "--site-dir", sys.argv[1]])
loaded = {name.partition(".")[0] for name in sys.modules}
print(sorted(loaded & {"mkdocs", "material", "mkdocs_macros"}), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The sample's portal by the plain engine, built once, and what the build said."""
    folder = tmp_path_factory.mktemp("plain")
    root = copy_sample(folder / "sample")
    command = [sys.executable, "-P", "-c", WITHOUT, str(folder / "site")]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return folder / "site", done.stderr


def test_nothing_of_mkdocs_or_material_is_loaded(plain: tuple[Path, str]) -> None:
    assert plain[1].splitlines()[-1] == "[]"


def files(site: Path) -> set[str]:
    """What a site has for readers and programs, but for the files of the theme and those that Pagefind names."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return {name for name in found if not name.startswith(("assets/", "search/"))}


def test_every_address_of_the_portal_is_there(plain: tuple[Path, str], site: Path) -> None:
    assert files(site) - files(plain[0]) <= {"sitemap.xml", "sitemap.xml.gz", "objects.inv"}
    assert files(plain[0]) - files(site) == set()
    tables = [path.relative_to(site) for path in site.glob("registers/**/*.csv")]
    assert len(tables) > 5
    assert [name for name in tables if (plain[0] / name).read_bytes() != (site / name).read_bytes()] == []


def test_every_link_leads_somewhere(plain: tuple[Path, str]) -> None:
    site = plain[0]
    readings = {
        address(path, site): Reading(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    places = Places(site, readings)
    lost = {(base, link) for base, page in readings.items() for link in page.links if places.lost(link, base)}

    assert sum(len(page.links) for page in readings.values()) > 9_000
    assert sorted(lost) == []


@pytest.mark.parametrize("also", [("--audience", "public"), ("--scheduler", "tcp://127.0.0.1:1")])
def test_what_it_cannot_do_is_refused(also: tuple[str, str], sample: Path) -> None:
    done = run("build", "--engine", "plain", *also, cwd=sample)

    assert done.code == 2
    assert "--engine material" in done.err


def test_a_build_by_one_engine_is_not_taken_for_one_by_the_other(sample: Path) -> None:
    assert run("build", "--no-search", cwd=sample).code == 0
    by_material = (sample / "site/index.html").read_bytes()
    assert run("build", "--no-search", "--engine", "plain", cwd=sample).code == 0
    by_plain = (sample / "site/index.html").read_bytes()
    assert by_plain != by_material
    assert run("build", "--no-search", cwd=sample).code == 0
    assert (sample / "site/index.html").read_bytes() == by_material
    shutil.rmtree(sample / "site")
