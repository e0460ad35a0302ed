"""Every page as a parser reads it: links that lead somewhere, headings in order, HTML without a fault."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from runpy import run_path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from html5lib.constants import E as MEANING

from release_portal import book, settings
from release_portal.assess import assess
from release_portal.exports import calendar
from release_portal.shell import MaterialShell
from tests.conftest import ROOT
from tests.kinds import PARTS, kinds

HOST = "http://portal.example/"
LINKS = {"href", "src", "action", "xlink:href"}
POINTERS = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"}
HEADING = re.compile(r"h[1-6]")
ATOM = "{http://www.w3.org/2005/Atom}"


class Reading(HTMLParser):
    """What a page holds: ids, links, what points to an id of its own, headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.pointers: set[str] = set()
        self.headings: list[int] = []
        self.title = self.lang = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        self.links += [named[name] for name in LINKS & named.keys()]
        if named.get("http-equiv") == "refresh":
            self.links.append(named["content"].partition("url=")[2])
        self.pointers.update(one for name in POINTERS & named.keys() for one in named[name].split())
        if "id" in named:
            self.ids[named["id"]] += 1
        if HEADING.fullmatch(tag):
            self.headings.append(int(tag[1]))
        if tag == "html":
            self.lang = named.get("lang", "")
        self._open = [tag] if tag == "title" else []

    def handle_data(self, data: str) -> None:
        if self._open:
            self.title += data
            self._open = []


@pytest.fixture(scope="module")
def readings(site: Path) -> Mapping[str, Reading]:
    """Every page by its address below the site's root."""
    found = sorted(site.rglob("*.html"))
    return {address(path, site): Reading(path.read_text(encoding="utf-8")) for path in found}


def address(path: Path, site: Path) -> str:
    return path.relative_to(site).as_posix().removesuffix("index.html")


class Places:
    """What a link can lead to: files of the site, and ids on its pages."""

    def __init__(self, site: Path, readings: Mapping[str, Reading]) -> None:
        self._files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        self._readings = readings

    def lost(self, link: str, base: str) -> bool:
        """Whether a link on a page leads nowhere; one to another host is not followed."""
        url = urlsplit(urljoin(HOST + base, link))
        if not url.geturl().startswith(HOST):
            return False
        path = unquote(url.path).removeprefix("/")
        file = f"{path}index.html" if path.endswith("/") or not path else path
        if file not in self._files:
            return True
        page = self._readings.get(file.removesuffix("index.html"))
        return bool(url.fragment and page and unquote(url.fragment) not in page.ids)


@pytest.fixture(scope="module")
def places(site: Path, readings: Mapping[str, Reading]) -> Places:
    return Places(site, readings)


def test_every_link_of_every_page_leads_somewhere(readings: Mapping[str, Reading], places: Places) -> None:
    lost = {(base, link) for base, page in readings.items() for link in page.links if places.lost(link, base)}

    assert sum(len(page.links) for page in readings.values()) > 9_000
    assert places.lost("#no-such-id", "")
    assert places.lost("no-such-page/", "guide/")
    assert sorted(lost) == []


def test_labels_and_descriptions_are_on_the_page(readings: Mapping[str, Reading]) -> None:
    absent = {(base, one) for base, page in readings.items() for one in page.pointers - page.ids.keys()}

    assert sorted(absent) == []


def test_every_page_has_a_title_a_language_one_main_heading_and_no_id_twice(
    readings: Mapping[str, Reading],
) -> None:
    wrong = {}
    for base, page in readings.items():
        twice = [name for name, count in page.ids.items() if count > 1]
        if not page.title.strip() or page.lang != "en" or page.headings.count(1) != 1 or twice:
            wrong[base] = (page.title, page.lang, page.headings.count(1), twice)

    assert wrong == {}


def test_headings_skip_no_level(readings: Mapping[str, Reading]) -> None:
    skips = {
        base: (before, after)
        for base, page in readings.items()
        for before, after in zip([0, *page.headings], page.headings, strict=False)
        if after > before + 1
    }

    assert skips == {}


# What programs read


def feed_links(path: Path) -> Iterator[str]:
    root = ElementTree.parse(path).getroot()
    yield from (link.attrib["href"] for link in root.iter(f"{ATOM}link"))
    for content in root.iter(f"{ATOM}content"):
        yield from Reading(content.text or "").links


def json_links(path: Path, names: tuple[str, ...]) -> Iterator[str]:
    """Every text below a key of these names."""

    def walk(value: object, name: str) -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from walk(inner, key)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, name)
        elif isinstance(value, str) and name in names:
            yield value

    yield from walk(json.loads(path.read_text(encoding="utf-8")), "")


def places_of_ids(path: Path) -> Iterator[str]:
    for entry in json.loads(path.read_text(encoding="utf-8")).values():
        yield from (place[-1] for place in entry["places"])
        yield from [entry["all"]] if "all" in entry else []


# Which files hold links, how they are found, and whether they start at the file or at the site's root
PROGRAMS = {
    "*.xml": (feed_links, False),
    "api/v1/**/*.json": (lambda path: json_links(path, ("url", "data")), False),
    "search/ids/[fh]*-*.json": (places_of_ids, True),
    "releases/*/changes-since/facts.json": (lambda path: json_links(path, ("href",)), True),
}


@pytest.mark.parametrize("pattern", PROGRAMS)
def test_links_for_programs_lead_somewhere(site: Path, places: Places, pattern: str) -> None:
    read, from_root = PROGRAMS[pattern]
    links = [
        ("" if from_root else path.relative_to(site).as_posix(), link)
        for path in sorted(site.glob(pattern))
        if path.name not in ("sitemap.xml", "schema.json")
        for link in read(path)
    ]

    assert links
    assert [(base, link) for base, link in links if places.lost(link, base)] == []


def test_links_of_the_calendar_lead_somewhere(places: Places) -> None:
    """It has them only where the site's address is known."""
    known = replace(settings.read(ROOT / "mkdocs.yml"), site_url="https://releases.example/")
    (made,) = calendar.files(assess(ROOT, known))
    links = re.findall(r"(?m)^URL[^:]*:https://releases\.example/(\S+)", made.text.replace("\r\n ", ""))

    assert len(links) > 8
    assert [link for link in links if places.lost(link, "")] == []


def test_links_of_rows_that_come_later_lead_somewhere(places: Places, site: Path) -> None:
    """register.js puts them into the page beside which they lie."""
    links = [
        (f"{path.parent.relative_to(site).as_posix()}/", link)
        for path in (*site.glob("**/rows-*.json"), *site.glob("releases/heat-*.json"))
        for row in json.loads(path.read_text(encoding="utf-8"))
        for link in Reading(row).links
    ]

    assert len(links) > 200
    assert [(base, link) for base, link in links if places.lost(link, base)] == []


# HTML as the standard has it


@pytest.mark.parametrize("part", PARTS)
def test_the_html_is_without_a_fault(site: Path, part: str) -> None:
    """The theme's own page has none either, so none is excused."""
    faults = {}
    for uri in kinds(site, part):
        html = (
            (site / uri).read_text("utf-8")
            if uri.endswith("html")
            else (site / uri / "index.html").read_text("utf-8")
        )
        parser = html5lib.HTMLParser()
        parser.parse(html)
        if parser.errors:
            faults[uri] = [(place, MEANING[code] % details) for place, code, details in parser.errors[:5]]

    assert faults == {}


# Size

GROWTH = 1.15  # that a page may have over a portal of a sixth of the releases


def sizes(root: Path, version: str) -> tuple[dict[str, int], dict[str, int]]:
    """Bytes of the portal's own pages, and of a release's."""
    as_of = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    assessment = assess(root, settings.read(root / "mkdocs.yml"), as_of)
    (release,) = (one for one in assessment.portal.releases if one.version == version)
    shell = MaterialShell.from_config_file(root / "mkdocs.yml", as_of, book.portal_pages(assessment))
    own = {page.uri: len(html.encode()) for page, html in shell.portal()}
    rendered = shell.release(version, book.release_pages(assessment, release))
    return own, {page.uri: len(html.encode()) for page, html in rendered}


def test_a_page_does_not_grow_with_the_number_of_releases(tmp_path: Path) -> None:
    """What bench/page_size.py shows of all pages of up to 1,000 releases, where the growth of a page begins."""
    run_path(str(ROOT / "bench/corpus.py"))["write"](tmp_path / "60", 60)
    shutil.copytree(tmp_path / "60", tmp_path / "10")
    versions = sorted(
        (path.name for path in (tmp_path / "10/releases").iterdir()),
        key=lambda name: [*map(int, name.split("."))],
    )
    for version in versions[:-10]:
        shutil.rmtree(tmp_path / "10/releases" / version)
    few, many = sizes(tmp_path / "10", versions[-1]), sizes(tmp_path / "60", versions[-1])
    own, of_release = zip(few, many, strict=True)

    assert len(own[0]) > 200
    assert grown(*of_release) == {}
    assert grown(*own) == {}


def grown(few: Mapping[str, int], many: Mapping[str, int]) -> dict[str, float]:
    """Pages that are larger in the portal of 60 releases than in that of 10, with how many times."""
    assert few.keys() == many.keys()
    return {uri: many[uri] / few[uri] for uri in few if many[uri] > few[uri] * GROWTH}
