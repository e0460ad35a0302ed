"""The frame around every page: the way past it, the ways through the portal, and the page for those who are lost."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

KINDS = (
    "", "releases/", "releases/2.5.0/", "releases/2.5.0/notes/", "releases/compare/", "runbooks/", "process/",
    "registers/", "registers/actions/", "metrics/", "rules/", "rules/stale-sign-off/", "records/", "guide/",
    "guide/search/", "404.html",
)  # fmt: skip

# Links that are seen twice, in the tabs and beside the page, as (name, address).
TWICE = """() => {
  const seen = (within) => [...document.querySelectorAll(within)].filter((one) => one.getClientRects().length);
  const tabs = new Map(seen(".md-tabs a").map((one) => [one.href, one.innerText.trim()]));
  return seen(".md-sidebar--primary a").filter((one) => tabs.get(one.href) === one.innerText.trim() ||
    (tabs.has(one.href) && one.closest("nav").dataset.mdLevel === "1")).map((one) => [one.innerText.trim(), one.href]);
}"""


@pytest.mark.parametrize("uri", KINDS)
def test_the_first_tab_leads_past_the_frame(page: Page, address: str, uri: str) -> None:
    page.goto(address + uri)

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    expect(skip).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator(".md-content > article")).to_be_focused()

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_no_page_is_without_a_way_past_the_frame(site: Path) -> None:
    """All but the addresses that lead on at once, which have no frame."""
    pages = [path for path in site.rglob("*.html") if 'http-equiv="refresh"' not in path.read_text("utf-8")]
    lacking = [
        path.relative_to(site).as_posix()
        for path in pages
        if (text := path.read_text(encoding="utf-8")).count('href="#rp-content"') != 1
        or len(re.findall('id="?rp-content"?', text)) != 1
    ]
    assert len(pages) > 250
    assert lacking == []


@pytest.mark.parametrize("uri", KINDS)
def test_no_link_stands_in_the_tabs_and_again_beside_the_page(page: Page, address: str, uri: str) -> None:
    page.goto(address + uri)

    expect(page.locator(".md-tabs a")).to_have_count(8)
    found = page.evaluate(TWICE)
    # Reference opens on its first part, and from the other part the first one is a way of its own.
    assert found == ([["Rules", f"{address}rules/"]] if uri == "records/" else [])
    if uri.startswith("releases/2.5.0/"):
        expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Evidence")).to_have_count(1)
        expect(page.get_by_role("link", name="Evidence", exact=True)).to_have_count(1)


def test_on_a_phone_every_way_is_in_the_menu(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}runbooks/")

    page.get_by_role("button", name="Menu").click()
    for name in ("Home", "Releases", "Runbooks", "Process", "Registers", "Metrics"):
        expect(
            page.locator(".md-sidebar--primary").get_by_role("link", name=name, exact=True)
        ).to_be_visible()

    page.goto(f"{address}releases/2.5.0/")
    expect(page.locator("article").get_by_role("link", name="Evidence", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("uri", ["", "releases/2.5.0/notes/"])
def test_the_title_of_the_portal_is_not_cut(page: Page, address: str, width: int, uri: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address + uri)

    title = page.locator(".md-header__topic").first.locator(".md-ellipsis")
    expect(title).to_have_text("DealSphere release portal")
    cut = "one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1"
    assert not title.evaluate(cut)
    box, header = title.bounding_box(), page.locator(".md-header__inner").bounding_box()
    assert box
    assert header
    assert box["y"] >= header["y"]
    assert box["y"] + box["height"] <= header["y"] + header["height"]


def test_a_card_of_a_control_is_a_few_lines_high(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}registers/controls/")

    rows = page.locator("#register tbody tr:not(.rp-group)")
    expect(rows.nth(70)).to_be_attached()  # most come from a file
    heights = rows.evaluate_all("rows => rows.map(one => one.getBoundingClientRect().height)")
    assert len(heights) > 70
    assert sum(heights) / len(heights) < 110
    failed = page.locator("[id='pci-dss-6.3.3']")
    for part in ("6.3.3", "Are applicable security patches installed", "EX-7", "Not applicable", "Failed"):
        expect(failed).to_contain_text(part)
    expect(failed.locator("[data-label=Evidence]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.fixture
def lost(page: Page, address: str, site: Path) -> Page:
    """A browser on a host that answers with 404.html whatever it does not have, as hosts of static files do."""
    html = (site / "404.html").read_text(encoding="utf-8")

    def answer(route: Route) -> None:
        path = site / route.request.url.removeprefix(address).partition("?")[0]
        known = path.is_file() or (path / "index.html").is_file()
        route.continue_() if known else route.fulfill(body=html, content_type="text/html")

    page.route(f"{address}**", answer)
    return page


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("nothing", "This portal has no page at this address."),
        ("releases/9.9.9/", "This portal has no release 9.9.9."),
        ("releases/2.4.0/deploymint/x/y/", "Release 2.4.0 has no page “deploymint/x/y/”."),
        ("releases/9.9.9/%3Cimg%20src=x%3E/", "This portal has no release 9.9.9."),
        ("a/b/c/d/%E0%A4%A", "This portal has no page at this address."),
    ],
)
def test_who_is_lost_finds_on_at_any_depth(lost: Page, address: str, uri: str, said: str) -> None:
    lost.goto(address + uri)

    expect(lost.locator("h1")).to_have_text("Page not found")
    releases = lost.locator(".rp-lost__releases a")
    expect(releases).to_have_text([re.compile("^2.6.0"), re.compile("^2.5.0"), re.compile("^2.4.1"),
                                   re.compile("^2.4.0"), "All releases"])  # fmt: skip
    expect(lost.get_by_role("status").first).to_contain_text(said)
    assert lost.locator("article img").count() == 0
    expect(lost.locator("h1")).to_have_css("font-family", re.compile("IBM Plex Sans"))

    lost.get_by_role("button", name="Search").last.click()
    expect(lost.get_by_role("searchbox", name="Search")).to_be_focused()
    lost.keyboard.press("Escape")
    releases.nth(1).click()
    expect(lost.locator("h1")).to_contain_text("Consent ledger")
    lost.go_back()
    lost.locator("article").get_by_role("link", name="Home").click()
    expect(lost.locator(".rp-card--lead")).to_be_visible()


def test_without_scripts_who_is_lost_still_has_links(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}404.html")

    expect(page.locator("article").get_by_role("link")).to_have_text(
        ["Home", "Runbooks for production", "Registers", "All releases"]
    )
    expect(page.get_by_text("Search finds")).to_be_hidden()
    page.locator("article").get_by_role("link", name="All releases").click()
    expect(page.locator("h1")).to_have_text("Releases")
    context.close()
