"""The portal without Material in a browser: no barrier, no error, nothing too wide, and a search that finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, judge
from tests.browser.test_print import faults_on_paper
from tests.serving import served
from tests.test_plain import plain

__all__ = ["plain"]  # a fixture

PAGES = (
    "",
    "releases/",
    "releases/2.4.0/",
    "releases/2.4.0/evidence/",
    "releases/2.5.0/signoffs/",
    "releases/2.4.0/runbooks/payout-queue-stuck/",
    "registers/actions/",
    "metrics/",
    "process/",
    "rules/missing-evidence/",
    "guide/process/",
    "404.html",
)


@pytest.fixture(scope="module")
def address(plain: tuple[Path, str]) -> Iterator[str]:
    """Where the plain portal is served, with a slash at the end."""
    with served(plain[0]) as address:
        yield address


@pytest.mark.parametrize("uri", PAGES)
def test_no_plain_page_has_a_barrier(open_page: Page, address: str, uri: str) -> None:
    open_page.goto(address + uri)
    open_page.add_style_tag(content="* { transition: none !important }")
    open_page.evaluate(AXE)

    assert {look: judge(open_page, look) for look in ("light", "dark")} == {"light": [], "dark": []}


def test_no_plain_page_logs_an_error_asks_another_host_or_is_too_wide(page: Page, address: str) -> None:
    """The page of this test also fails it for each error in the console and each request to another host."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script("""
      window.refused = [];
      document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
    """)
    wrong = {}
    for uri in PAGES:
        page.goto(address + uri)
        page.wait_for_timeout(100)  # what scripts fetch
        width, refused = page.evaluate("[document.documentElement.scrollWidth, refused]")
        if width > 390 or refused:
            wrong[uri] = (width, refused)

    assert wrong == {}


# Where tables are the widest, and code the longest.
PRINTED = (
    "",
    "releases/2.5.0/development/",
    "releases/2.5.0/compliance/",
    "releases/2.4.0/evidence/",
    "registers/actions/",
    "dependencies/",
)


def test_plain_pages_can_be_printed(page: Page, address: str) -> None:
    assert {uri: found for uri in PRINTED if (found := faults_on_paper(page, address, uri))} == {}


def test_the_colour_scheme_is_the_readers_and_stays(page: Page, address: str) -> None:
    def expect_scheme(name: str) -> None:
        expect(page.locator("body")).to_have_css("color-scheme", name)

    page.emulate_media(color_scheme="dark")
    page.goto(address)
    expect_scheme("dark")
    page.get_by_role("button", name="Switch to light mode").click()
    expect_scheme("light")
    page.goto(f"{address}guide/")
    expect_scheme("light")
    page.get_by_role("button", name="Switch to dark mode").click()
    page.get_by_role("button", name="Follow the system").click()
    expect_scheme("dark")
    page.emulate_media(color_scheme="light")
    expect_scheme("light")


def test_search_finds_an_id_first_and_words_after_it(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("PAY-201")
    expect(dialog.locator("a[href*='changes/#PAY-201']").first).to_be_visible()
    dialog.get_by_role("searchbox").fill("payout queue")
    expect(dialog.locator("mark").first).to_be_visible()


def test_the_picker_leads_to_the_same_page_of_a_release(page: Page, address: str) -> None:
    page.goto(f"{address}releases/2.4.0/evidence/")
    page.locator(".rp-picker").click()
    page.get_by_role("dialog", name="Choose a release").get_by_role("option", name="2.5.0").click()
    expect(page).to_have_url(f"{address}releases/2.5.0/evidence/")
