"""The portal without MkDocs and Material: the same addresses, every link whole, and nothing of either is loaded."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

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


def article(path: Path, site: Path) -> str:
    """The content of a page as readers see it: with links as they lead, and spaces that count; none where it leads on."""
    _, _, rest = path.read_text(encoding="utf-8").partition('id="rp-content" tabindex="-1">')
    here = f"/{path.relative_to(site).as_posix()}"
    content = re.sub(
        r'(href|src)="([^"]*)"',
        lambda link: f'{link[1]}="{urljoin(here, link[2])}"',
        rest.partition("</article>")[0],
    )
    return re.sub(r"\s+", " ", content).strip()


def test_every_page_says_the_same(plain: tuple[Path, str], site: Path) -> None:
    """Also those by hand, which the one has from MkDocs and the other from Python-Markdown alone."""
    instant = re.compile(r"<time [^>]*>[^<]*</time>")  # without git each is made as of its own now
    pages = [path.relative_to(site) for path in sorted(site.rglob("*.html"))]
    said = {name: instant.sub("", article(site / name, site)) for name in pages}

    assert sum(bool(text) for text in said.values()) > 300
    other = [
        name for name, text in said.items() if instant.sub("", article(plain[0] / name, plain[0])) != text
    ]
    assert [name.as_posix() for name in other] == []


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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ nothing() }}", "docs/guide/notes.md: a macro fails: 'nothing' is undefined"),
        ("{{ ''.__class__.__mro__ }}", "docs/guide/notes.md: a macro fails: access to attribute '__class__'"),
        ("---\ntitle: [\n---\nText", "docs/guide/notes.md: what stands before its text is no YAML"),
    ],
)
def test_a_page_by_hand_that_fails_is_named(text: str, said: str, sample: Path) -> None:
    (sample / "docs/guide/notes.md").write_text(text)

    done = run("build", "--engine", "plain", "--no-search", cwd=sample)

    assert done.code == 2, done.err
    assert said in done.err
    assert not (sample / "site").exists()


def test_what_only_mkdocs_does_and_links_to_nothing_are_told(sample: Path) -> None:
    (sample / "docs/guide/notes.md").write_text("[gone](gone.md) [none](portal:none/) [here](index.md)")
    config = sample / "mkdocs.yml"
    config.write_text(
        f"{config.read_text()}\nhooks: [hook.py]\n".replace("  - macros:", "  - tags\n  - macros:")
    )

    done = run("build", "--engine", "plain", "--no-search", cwd=sample)

    assert done.code == 0, done.err
    for words in (
        "hooks is for MkDocs",
        "plugin tags",
        "links to 'gone.md'",
        "made from the records at 'none/'",
    ):
        assert words in done.err
    assert 'href="../">here' in (sample / "site/guide/notes/index.html").read_text()
    strict = run("build", "--engine", "plain", "--no-search", "--strict", cwd=sample)
    assert strict.code == 1
    assert "2 links in docs/ lead nowhere" in strict.err


def test_an_extension_that_is_not_there_is_named(sample: Path) -> None:
    config = sample / "mkdocs.yml"
    config.write_text(config.read_text().replace("  - admonition", "  - admonition\n  - no_such_extension"))

    done = run("build", "--engine", "plain", "--no-search", cwd=sample)

    assert done.code == 2
    assert "a Markdown extension cannot be loaded: No module named 'no_such_extension'" in done.err
