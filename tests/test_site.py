"""The site: pages in the theme, navigation of one release, and publishing that survives what goes wrong."""

import gzip
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from jinja2 import TemplateSyntaxError

from release_portal import book, site
from release_portal.assess import assess
from release_portal.failure import Failure, Misconfigured
from release_portal.pages._page import Heading, Page
from release_portal.plugin import Refused
from release_portal.publish import publication
from release_portal.settings import read
from release_portal.shell import Shell

ROOT = Path(__file__).parents[1]
CONFIG = "mkdocs.yml"
AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
HOSTILE = """</title><script>alert(1)</script> & "quoted" 'text' {{ 7 * 191 }} {% raw %}"""
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": str(int(AS_OF.timestamp()))}
BEGIN = "import sys; from pathlib import Path; from release_portal import site; "
BUILD = f"{BEGIN} site.build(Path(sys.argv[1], 'mkdocs.yml'))"
SERVE = f"{BEGIN} site.serve(Path(sys.argv[1], 'mkdocs.yml'), port=int(sys.argv[2]))"


class Links(HTMLParser):
    """The links of a page as (text, address, classes), and the text of its elements by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str, str]] = []
        self.assets: list[str] = []
        self.text = ""
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self._open.append((values["href"], values.get("class", "")))
            self.text = ""
        if tag in {"script", "img"} and values.get("src"):
            self.assets.append(values["src"])
        if tag == "link" and values.get("rel") in {"stylesheet", "icon"}:
            self.assets.append(values["href"])

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            address, classes = self._open.pop()
            self.links.append((" ".join(self.text.split()), address, classes))

    def of(self, classes: str) -> list[tuple[str, str]]:
        return [(text, address) for text, address, found in self.links if classes in found.split()]


def pages_of(version: str, extra: str = "") -> list[Page]:
    toc = (Heading(2, "first", f"First{extra}"), Heading(3, "inner", "Inner"), Heading(2, "last", "Last"))
    paths = {"": "Overview", "notes/": "Notes", "runbooks/payout/": "Runbook"}
    return [
        Page(
            uri=f"releases/{version}/{path}",
            title=f"{label} of {version}{extra}",
            label=f"{label}{extra}",
            html="<p>Text</p>",
            toc=toc if path else (),
            description=f"About{extra}",
        )
        for path, label in paths.items()
    ]


PORTAL_PAGES = [
    Page(uri="releases/", title="Releases", label="All releases", html="<h1>Releases</h1>"),
    Page(uri="rules/", title="Rules", html="<h1>Rules</h1>"),
    Page(uri="rules/stale/", title="stale", html="<h1>stale</h1>"),
    Page(uri="process/", title="The process", html="<h1>Process</h1>"),
]


@pytest.fixture(scope="module")
def shell() -> Shell:
    return Shell.from_config_file(ROOT / CONFIG, AS_OF, PORTAL_PAGES)


@pytest.fixture(scope="module")
def release(shell: Shell) -> dict[str, str]:
    return {page.uri: html for page, html in shell.release("2.4.0", pages_of("2.4.0"))}


@pytest.fixture
def portal(base: Path) -> Path:
    """The small portal with the theme, configuration and docs of this repository."""
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, base / name)
    shutil.copyfile(ROOT / CONFIG, base / CONFIG)
    return base


def start_build(root: Path, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", BUILD, str(root)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env={**ENVIRONMENT, **environment}, **quiet)


def files(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def leftovers(root: Path) -> set[str]:
    return {path.name for path in (root / ".site.build").iterdir()} - {"lock", ".gitignore"}


# The theme around a page


def test_tabs_are_those_of_mkdocs_yml_and_the_release_is_under_releases(release: dict[str, str]) -> None:
    tabs = Links(release["releases/2.4.0/notes/"]).of("md-tabs__link")

    assert tabs[:3] == [("Home", "../../.."), ("Releases", "../../"), ("Process", "../../../process/")]
    assert re.findall(r'md-tabs__item--active">\s*<a href="([^"]+)"', release["releases/2.4.0/notes/"]) == [
        "../../"
    ]


def test_left_navigation_holds_one_release_and_marks_the_page(release: dict[str, str]) -> None:
    links = Links(release["releases/2.4.0/notes/"])

    beside = [
        address for text, address in links.of("md-nav__link") if text in {"Overview", "Notes", "Runbook"}
    ]
    assert beside == ["../", "./", "../runbooks/payout/"]
    assert ("All releases", "../../") in links.of("md-nav__link")
    assert links.of("md-nav__link--active") == [("Notes", "./")]


def test_table_of_contents_nests_headings(release: dict[str, str]) -> None:
    html = release["releases/2.4.0/notes/"]
    contents = html[html.index('data-md-component="toc"') :]

    assert re.findall(r'href="(#[a-z]+)"', contents)[:3] == ["#first", "#inner", "#last"]
    assert 'aria-label="First"' in contents
    assert 'data-md-type="toc" hidden' in release["releases/2.4.0/"]


def test_previous_and_next_stay_inside_the_release(release: dict[str, str]) -> None:
    ends = {uri: Links(html).of("md-footer__link") for uri, html in release.items()}

    assert [address for _, address in ends["releases/2.4.0/"]] == ["notes/"]
    assert [address for _, address in ends["releases/2.4.0/notes/"]] == ["../", "../runbooks/payout/"]
    assert [address for _, address in ends["releases/2.4.0/runbooks/payout/"]] == ["../../notes/"]


def test_assets_resolve_at_every_depth(release: dict[str, str]) -> None:
    material = Path(sys.modules["material"].__file__ or "").parent / "templates"
    for uri, html in release.items():
        for asset in Links(html).assets:
            path = urljoin(f"/{uri}", asset).lstrip("/")
            assert (material / path).is_file() or (ROOT / "overrides" / path).is_file(), asset


def test_a_page_names_no_other_host(release: dict[str, str]) -> None:
    for html in release.values():
        links = Links(html)
        assert [one for one in links.assets if "//" in one] == []
        assert "preconnect" not in html


def test_size_of_a_release_is_independent_of_other_releases(release: dict[str, str]) -> None:
    many = Shell.from_config_file(ROOT / CONFIG, AS_OF, PORTAL_PAGES)
    for number in range(30):
        list(many.release(f"1.{number}.0", pages_of(f"1.{number}.0")))

    assert {page.uri: html for page, html in many.release("2.4.0", pages_of("2.4.0"))} == release


def test_a_portal_page_shows_its_section(shell: Shell) -> None:
    pages = {page.uri: Links(html) for page, html in shell.portal()}

    assert pages["rules/stale/"].of("md-nav__link--active") == [("stale", "./")]
    assert ("Rules", "../") in pages["rules/stale/"].of("md-nav__link")
    assert pages["process/"].of("md-footer__link") == []


def test_text_of_a_page_is_escaped_everywhere(shell: Shell) -> None:
    for _, html in shell.release(f"2.4.0{HOSTILE}", pages_of("2.4.0", HOSTILE)):
        assert "<script>alert" not in html
        assert "</title><" not in html.replace("</title>\n", "")
        assert "1337" not in html
        assert "&amp;lt;" not in html
        assert html.count("{{ 7 * 191 }}") > 5


@pytest.mark.parametrize(
    "uri", ["", "/etc/", "releases/../../x/", "releases/2.4.0", "a//b/", "a/\n/", "..%2f/"]
)
def test_only_a_directory_below_the_root_is_an_address(shell: Shell, uri: str) -> None:
    with pytest.raises(ValueError, match="no directory"):
        list(shell.release("2.4.0", [Page(uri=uri, title="x", html="")]))


# The site


def test_a_build_is_the_same_as_the_shell_alone(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", ENVIRONMENT["SOURCE_DATE_EPOCH"])
    summary = site.build(portal / CONFIG)

    assessment = assess(portal, read(portal / CONFIG), AS_OF)
    alone = Shell.from_config_file(portal / CONFIG, AS_OF, book.portal_pages(assessment))
    one = assessment.portal.releases[0]
    pages = [*alone.portal(), *alone.release(one.version, book.release_pages(assessment, one))]
    assert summary.pages == len(pages) > 20
    for page, html in pages:
        assert (portal / "site" / page.file).read_text(encoding="utf-8") == html
    assert set(summary.seconds) == {"assess", "pages", "docs", "publish"}


def test_records_stay_out_of_the_search_index(portal: Path) -> None:
    site.build(portal / CONFIG)

    index = json.loads((portal / "site/search/search_index.json").read_text())
    assert {entry["location"].split("/")[0] for entry in index["docs"]} <= {"guide"}


def test_versions_go_from_newest_to_oldest(portal: Path) -> None:
    for version in ("1.10.0", "1.9.0", "1.10.0-rc.1"):
        text = (portal / "releases/1.0.0/release.yaml").read_text().replace('"1.0.0"', f'"{version}"')
        (portal / "releases" / version).mkdir()
        (portal / "releases" / version / "release.yaml").write_text(text)
    site.build(portal / CONFIG)

    listing = json.loads((portal / "site/releases/versions.json").read_text())
    assert [one["version"] for one in listing] == ["1.10.0", "1.10.0-rc.1", "1.9.0", "1.0.0"]
    expected = {"phase": "ship", "date": "2026-03-02"}
    assert listing[-1] == {
        "version": "1.0.0",
        "title": "1.0.0 First release",
        "aliases": [],
        "properties": expected,
    }


def test_text_of_records_is_no_markdown_and_no_template_on_docs_pages(portal: Path) -> None:
    path = portal / "releases/1.0.0/release.yaml"
    title = r'"<b>x</b> {{ 7 * 191 }}\n\n``` { .x onclick=alert(1) }\ncode\n```\n\n# Heading"'
    path.write_text(path.read_text().replace("First release", title))
    site.build(portal / CONFIG)

    home = (portal / "site/index.html").read_text()
    assert "{{ 7 * 191 }}" in home
    assert "1337" not in home
    assert "&lt;b&gt;x&lt;/b&gt;" in home
    assert not re.search(r"<[^>]*onclick", home)


def test_links_to_generated_pages_are_relative_and_checked(portal: Path) -> None:
    page = portal / "docs/guide/index.md"
    page.write_text("# Guide\n\n[Release](portal:releases/1.0.0/#plan) and [home](portal:)\n")
    site.build(portal / CONFIG, strict=False)
    assert 'href="../releases/1.0.0/#plan"' in (portal / "site/guide/index.html").read_text()

    page.write_text("# Guide\n\n[Release](portal:releases/9.9.9/)\n")
    done = mkdocs("build", "--strict", "-q", cwd=portal)
    assert done.returncode == 1
    assert "guide/index.md: no page 'releases/9.9.9/' is made from the records" in done.stderr


def mkdocs(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_mkdocs_builds_from_elsewhere_and_in_strict_mode(portal: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = mkdocs("build", "--strict", "-f", "../portal/mkdocs.yml", cwd=elsewhere)

    assert done.returncode == 0, done.stderr
    assert (portal / "site/releases/1.0.0/index.html").is_file()


def test_code_beside_the_configuration_is_never_run(portal: Path) -> None:
    (portal / "main.py").write_text("open('ran', 'w')\ndef define_env(env): pass\n")

    with pytest.raises(Misconfigured, match=r"main\.py"):
        site.build(portal / CONFIG)
    assert not (portal / "ran").exists()


# Publishing


def break_macro(root: Path) -> None:
    (root / "docs/guide/index.md").write_text("{{ no_such_macro() }}\n")


def break_theme(root: Path) -> None:
    (root / "overrides/main.html").write_text("{% broken")


def break_configuration(root: Path) -> None:
    text = (root / CONFIG).read_text()
    (root / CONFIG).write_text(text.replace("name: material", "name: no-such-theme"))


def break_record(root: Path) -> None:
    (root / "releases/1.0.0/release.yaml").write_text("version: {")


@pytest.mark.parametrize(
    ("breaks", "error", "words"),
    [
        (break_macro, Failure, "macro"),
        (break_theme, TemplateSyntaxError, "broken"),
        (break_configuration, Failure, "configuration error"),
        (break_record, Refused, "error"),
    ],
)
def test_a_failing_build_leaves_the_old_site(
    portal: Path, breaks: Callable[[Path], None], error: type[Exception], words: str
) -> None:
    site.build(portal / CONFIG)
    before = files(portal / "site")
    breaks(portal)

    with pytest.raises(error, match=words):
        site.build(portal / CONFIG, strict=True)
    assert files(portal / "site") == before
    assert leftovers(portal) == set()


def test_a_killed_build_leaves_the_old_site_and_the_next_one_recovers(portal: Path) -> None:
    site.build(portal / CONFIG)
    before = files(portal / "site")
    (portal / "docs/guide/new.md").write_text("# New page\n")
    for wanted in (".", "404.html", "releases"):
        build = start_build(portal)
        wait_for(portal / ".site.build/new" / wanted, build)
        build.send_signal(signal.SIGKILL)
        build.wait()
        assert files(portal / "site") == before

    site.build(portal / CONFIG)
    assert leftovers(portal) == set()
    assert (portal / "site/guide/new/index.html").is_file()


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    while not path.exists():
        assert process.poll() is None, "the build ended before it could be killed"
        time.sleep(0.002)


def test_two_builds_at_once_end_well(portal: Path) -> None:
    builds = [start_build(portal), start_build(portal)]

    assert [build.wait() for build in builds] == [0, 0]
    assert (portal / "site/releases/1.0.0/index.html").is_file()
    assert leftovers(portal) == set()


def test_the_same_records_give_the_same_bytes(portal: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(portal, tmp_path / "somewhere else"))
    first = start_build(portal, TZ="Asia/Kolkata", PYTHONHASHSEED="1", LC_ALL="C")
    second = start_build(other, TZ="America/New_York", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert (first.wait(), second.wait()) == (0, 0)

    one, two = files(portal / "site"), files(other / "site")
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
    assert [path for path, content in one.items() if str(tmp_path).encode() in content] == []
    packed = (portal / "site/sitemap.xml.gz").read_bytes()
    assert int.from_bytes(packed[4:8], "little") == datetime(2026, 11, 24, tzinfo=UTC).timestamp()
    assert gzip.decompress(packed) == one["sitemap.xml"]


def test_a_site_is_dated_by_the_commit(portal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    who = ["-c", "user.name=Ana Silva", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"]
    at = {**os.environ, "GIT_COMMITTER_DATE": "2026-03-01T10:00:00+0530"}
    subprocess.run(["git", "init", "-q", str(portal)], check=True)
    subprocess.run(["git", "-C", str(portal), "add", "."], check=True)
    subprocess.run(["git", "-C", str(portal), *who, "commit", "-qm", "Begin"], check=True, env=at)
    site.build(portal / CONFIG)

    assert 'datetime="2026-03-01T04:30:00Z"' in (portal / "site/releases/1.0.0/index.html").read_text()


def folder(path: Path, **contents: str) -> Path:
    path.mkdir(parents=True)
    for name, text in contents.items():
        (path / name.replace("_", ".")).write_text(text)
    return path


def test_a_folder_that_is_no_site_is_never_replaced(tmp_path: Path) -> None:
    target = folder(tmp_path / "papers", thesis_txt="years of work")

    with pytest.raises(Misconfigured, match="papers"), publication(target) as draft:
        draft.joinpath("404.html").touch()
    assert (target / "thesis.txt").read_text() == "years of work"


def test_an_old_site_moved_away_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    folder(tmp_path / ".site.build/old", index_html="old")
    folder(tmp_path / ".site.build/new", index_html="half")
    (tmp_path / ".site.build/old/404.html").touch()
    (tmp_path / ".site.build/old/sitemap.xml").touch()

    with suppress(KeyboardInterrupt), publication(tmp_path / "site") as draft:
        assert list(draft.iterdir()) == []
        raise KeyboardInterrupt
    assert (tmp_path / "site/index.html").read_text() == "old"


def test_a_folder_behind_a_link_is_replaced_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to("www/current")
    with publication(tmp_path / "site") as draft:
        (draft / "index.html").write_text("new")

    assert (tmp_path / "site").is_symlink()
    assert (tmp_path / "www/current/index.html").read_text() == "new"


# Serving


@pytest.fixture
def served(portal: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(portal), str(port)], env=ENVIRONMENT)
    yield f"http://127.0.0.1:{port}/"
    server.send_signal(signal.SIGINT)
    server.wait(timeout=20)


def fetch(address: str, words: str) -> str:
    """The page, once it holds some words."""
    for _ in range(300):
        with suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:
            html = answer.read().decode()
            if words in html:
                return html
        time.sleep(0.1)
    raise AssertionError(f"{address} never held {words!r}")


def test_a_served_portal_follows_its_records(portal: Path, served: str) -> None:
    assert "First release" in fetch(f"{served}releases/1.0.0/", "First release")

    path = portal / "releases/1.0.0/release.yaml"
    path.write_text(path.read_text().replace("First release", "Renamed release"))
    assert "Renamed release" in fetch(f"{served}releases/1.0.0/", "Renamed release")

    path.write_text("version: {")
    assert fetch(f"{served}rules/malformed-yaml/", "release.yaml")
