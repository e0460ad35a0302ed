"""Pages in a browser: the sample's portal, served from this machine only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.serving import served

KEPT = "cookies,local_storage,indexeddb,cache_storage,service_workers"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the portal is served, with a slash at the end."""

    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Where pages are opened: once, as a context of its own for each page costs a fourth more."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page that fails the test when anything is logged as an error or asked of another host.

    Nothing is kept of the test before but what is in the cache.
    """
    page = context.new_page()
    context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": address.rstrip("/"), "storageTypes": KEPT}
    )
    context.clear_cookies()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    yield page
    for one in context.pages:
        one.close()
    assert wrong == []


@pytest.fixture(scope="session")
def open_context(browser: Browser) -> Iterator[BrowserContext]:
    """Where a test may put a program of its own into a page, which the site's policy would refuse."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def open_page(open_context: BrowserContext) -> Iterator[Page]:
    """A page that axe-core can be put into."""
    page = open_context.new_page()
    yield page
    page.close()
