"""Pages in the theme: tabs, navigation of one release, contents, links, escaping."""

import re
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

from release_portal.pages._page import Heading, Page
from release_portal.shell import MaterialShell

ROOT = Path(__file__).parents[1]
CONFIG = "mkdocs.yml"
AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
HOSTILE = """</title><script>alert(1)</script> & "quoted" 'text' {{ 7 * 191 }} {% raw %}"""


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
def shell() -> MaterialShell:
    return MaterialShell.from_config_file(ROOT / CONFIG, AS_OF, PORTAL_PAGES)


@pytest.fixture(scope="module")
def release(shell: MaterialShell) -> dict[str, str]:
    return {page.uri: html for page, html in shell.release("2.4.0", pages_of("2.4.0"))}


def test_tabs_are_those_of_mkdocs_yml_and_the_release_is_under_releases(release: dict[str, str]) -> None:
    tabs = Links(release["releases/2.4.0/notes/"]).of("md-tabs__link")

    assert tabs[:3] == [("Home", "../../.."), ("Releases", "../../"), ("Runbooks", "../../../runbooks/")]
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
    many = MaterialShell.from_config_file(ROOT / CONFIG, AS_OF, PORTAL_PAGES)
    for number in range(30):
        list(many.release(f"1.{number}.0", pages_of(f"1.{number}.0")))

    assert {page.uri: html for page, html in many.release("2.4.0", pages_of("2.4.0"))} == release


def test_a_portal_page_shows_its_section(shell: MaterialShell) -> None:
    pages = {page.uri: Links(html) for page, html in shell.portal()}

    assert pages["rules/stale/"].of("md-nav__link--active") == [("stale", "./")]
    assert ("Overview", "../") in pages["rules/stale/"].of("md-nav__link")
    assert pages["process/"].of("md-footer__link") == []


def test_text_of_a_page_is_escaped_everywhere(shell: MaterialShell) -> None:
    for _, html in shell.release(f"2.4.0{HOSTILE}", pages_of("2.4.0", HOSTILE)):
        assert "<script>alert" not in html
        assert "</title><" not in html.replace("</title>\n", "")
        assert "1337" not in html
        assert "&amp;lt;" not in html
        assert html.count("{{ 7 * 191 }}") > 5


@pytest.mark.parametrize(
    "uri", ["", "/etc/", "releases/../../x/", "releases/2.4.0", "a//b/", "a/\n/", "..%2f/"]
)
def test_only_a_directory_below_the_root_is_an_address(shell: MaterialShell, uri: str) -> None:
    with pytest.raises(ValueError, match="no directory"):
        list(shell.release("2.4.0", [Page(uri=uri, title="x", html="")]))
