"""The portal as people walk through it, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from release_portal import settings
from release_portal.load import load
from tests.conftest import ROOT


def test_from_home_to_the_evidence_of_a_release(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("h1")).to_have_text(re.compile("Releases of the DealSphere platform"))
    expect(page.locator(".rp-card--lead")).to_contain_text("2.5.0")

    page.get_by_role("link", name="2.4.0").first.click()
    expect(page.locator("h1")).to_contain_text("Instant payouts")
    expect(page.locator(".rp-step")).to_have_count(10)

    page.get_by_role("link", name="Evidence", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Evidence")
    process = load(ROOT, settings.read(ROOT / "mkdocs.yml")).process
    expect(page.locator('tr[id^="d"]')).to_have_count(len(process.deliverables))
    for item in process.deliverables:
        expect(page.locator(f'[id="d{item.number}"]')).to_contain_text(item.text)


def test_someone_on_call_finds_the_way_back_in_three_clicks(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)

    page.locator(".rp-card--lead").get_by_role("link", name="Runbooks").click()
    page.locator("article").get_by_role("link", name=re.compile("payout queue", re.IGNORECASE)).first.click()

    expect(page.locator(".rp-runbook__contacts")).to_be_visible()
    expect(page.get_by_role("heading", name="Rollback")).to_be_visible()


def test_a_finding_leads_to_its_rule(page: Page, address: str) -> None:
    page.goto(f"{address}releases/2.6.0/")

    page.locator(".rp-finding__rule").first.click()

    expect(page.get_by_role("heading", name="How to fix")).to_be_visible()


def kinds(site: Path) -> list[str]:
    """One page of each kind: the pages of the hotfix, and the portal's own."""
    release = [path.parent for path in sorted((site / "releases/2.4.1").rglob("index.html"))]
    portal = [
        site / part for part in (".", "releases", "process", "rules", "rules/stale-sign-off", "records")
    ]
    portal += [site / part for part in ("records/changes", "guide", "guide/sign-offs")]
    return [f"{path.relative_to(site)}/".removeprefix("./") for path in [*portal, *release]]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_or_asks_another_host(
    browser: Browser, site: Path, address: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(address) else wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    for uri in kinds(site):
        page.goto(address + uri)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{uri} is wider than {width} px")
    context.close()

    assert wrong == []


def test_the_palette_follows_the_system(browser: Browser, address: str) -> None:
    schemes = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(address)
        schemes[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        context.close()

    assert schemes["light"] != schemes["dark"]
