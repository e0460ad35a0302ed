"""The public site in a real browser: no barrier on any page, and a search that finds public words only."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from release_portal import front
from tests.browser.test_accessibility import AXE, LOOKS, judge
from tests.conftest import copy_sample
from tests.serving import served

PAGES = (
    "",
    "releases/",
    "releases/2.5.0/",
    "notices/",
    "notices/2026-07-14-version-2-4-0-is-live/",
    "documentation/",
    "support/",
    "404.html",
)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the public site is served, with a slash at the end."""
    folder = tmp_path_factory.mktemp("public-browser")
    front.build(copy_sample(folder / "portal") / "mkdocs.yml", folder / "site")
    with served(folder / "site") as address:
        yield address


@pytest.mark.parametrize("uri", PAGES)
def test_no_public_page_has_a_barrier(open_page: Page, address: str, uri: str) -> None:
    open_page.goto(address + uri)
    open_page.add_style_tag(content="* { transition: none !important }")
    open_page.evaluate(AXE)
    assert {look: judge(open_page, look) for look in LOOKS} == {look: [] for look in LOOKS}


@pytest.mark.parametrize("uri", PAGES)
def test_no_public_page_breaks_its_policy_or_is_too_wide(page: Page, address: str, uri: str) -> None:
    """The page of this test also fails it for each error in the console and each request to another host."""
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address + uri)
    page.wait_for_timeout(100)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_search_finds_what_the_public_may_read(page: Page, address: str) -> None:
    page.goto(f"{address}notices/")
    page.keyboard.press("/")
    field = page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.fill("withdrawn consent")
    first = page.locator(".rp-hits a").first
    expect(first).to_contain_text("2.5.0")
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    field.fill("meera")
    expect(page.get_by_role("status")).to_have_text("Nothing found")
    field.fill("withdrawn consent")
    expect(first).to_contain_text("2.5.0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}releases/2.5.0/**")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
