"""Every kind of page on paper: text on each sheet, whose it is at the top, nothing cut off at the side."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.kinds import PARTS, kinds

PORTRAIT, LANDSCAPE = (595, 842), (842, 595)  # A4 in points
INSIDE = {PORTRAIT: 673, LANDSCAPE: 1002}  # CSS pixels between the side margins
WIDE = re.compile(
    r"(registers/|.*/evidence/|.*/signoffs/).*"
)  # tables of many columns; registers/ itself is a list
HEAD = "[...document.querySelectorAll('.rp-print-head > *')].map((part) => part.textContent.trim())"
CUT = """() => [document.documentElement, ...document.querySelectorAll("article *")].filter((one) => {
  const { display, overflowX, position } = getComputedStyle(one);
  const clips = one === document.documentElement || (overflowX !== "visible" && position !== "absolute");
  return clips && display !== "none" && one.scrollWidth > one.clientWidth + 1;
}).map((one) => `${one.tagName}.${one.className}: ${one.scrollWidth} px in ${one.clientWidth} px`)"""


@pytest.mark.parametrize("part", PARTS)
def test_every_kind_of_page_can_be_printed(page: Page, site: Path, address: str, part: str) -> None:
    faults = {uri: found for uri in kinds(site, part) if (found := faults_on_paper(page, address, uri))}

    assert faults == {}


def test_the_columns_of_a_register_have_their_names_on_every_sheet(page: Page, address: str) -> None:
    page.goto(f"{address}registers/signoffs/")
    expect(page.locator("#register > tbody > tr")).not_to_have_count(4)  # the rest came from a file
    names = [name.strip() for name in page.locator("#register > thead th").all_text_contents()]

    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages

    assert len(sheets) > 2
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    assert [number for number, text in enumerate(texts, 1) if " ".join(names) not in text] == []
    assert re.search(r"sign-offs · SHA-256", texts[0])


def faults_on_paper(page: Page, address: str, uri: str) -> list[str]:
    """What is wrong with the sheets of a page."""
    page.goto(address + uri)
    expect(page.locator("[data-rp-as-of]:not(:has(time))")).to_have_count(0)  # a file of its own tells it
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True))).pages
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets}
    texts = [" ".join(sheet.extract_text().split()) for sheet in sheets]
    head = page.evaluate(HEAD)
    found = [*wrong_size(uri, sizes), *(wrong_text(texts, head) if uri != "404.html" else ())]
    return [*found, *cut(page, max(INSIDE[size] for size in sizes & INSIDE.keys()))]


def wrong_size(uri: str, sizes: set[tuple[int, int]]) -> Iterator[str]:
    """Say what is not on A4 throughout, or is a wide table and not landscape."""
    if len(sizes) != 1 or not sizes <= INSIDE.keys():
        yield f"printed on {sizes}"
    if WIDE.fullmatch(uri) and uri != "registers/" and sizes != {LANDSCAPE}:
        yield "not landscape"


def wrong_text(texts: list[str], head: list[str]) -> Iterator[str]:
    """Say which sheet is blank, unnumbered or does not tell whose it is."""
    if not head:
        yield "no head"
    for number, text in enumerate(texts, 1):
        foot = f"Page {number} of {len(texts)}"
        if foot not in text:
            yield f"sheet {number} has no number"
        if absent := [part for part in head if " ".join(part.split()) not in text]:
            yield f"sheet {number} lacks {absent}"
        rest = text.replace(foot, "")
        for part in head:
            rest = rest.replace(" ".join(part.split()), "")
        if not re.search(r"\w{3}", rest):
            yield f"sheet {number} is blank"


def cut(page: Page, width: int) -> list[str]:
    """What reaches over the side of a sheet, as the browser lays it out for print."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = page.evaluate(CUT)
    page.emulate_media(media="null")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found
