"""Pages in a browser: the sample's portal, served from this machine only."""

import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

KEPT = "cookies,local_storage,indexeddb,cache_storage,service_workers"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the portal is served, with a slash at the end."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object, **named: object) -> None:
            super().__init__(*arguments, directory=str(site), **named)  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


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
