"""From release to release, in a real browser: the picker among a thousand, the banners, the addresses that stay."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from release_portal import settings
from release_portal.assess import assess
from release_portal.pages.releases import PAGE
from release_portal.shell import MaterialShell
from tests.conftest import ROOT

Entry = dict[str, Any]


def listing(site: Path) -> list[Entry]:
    entries: list[Entry] = json.loads((site / "releases/versions.json").read_text(encoding="utf-8"))
    return entries


def version_of(entries: list[Entry], alias: str) -> str:
    return next(str(one["version"]) for one in entries if alias in one["aliases"])


def a_thousand(site: Path) -> list[Entry]:
    """The sample's releases, and older ones back to 1.0.0."""
    entries = listing(site)
    for number in range(1000 - len(entries), 0, -1):
        version = f"1.{number}.0"
        phase = "withdrawn" if number % 50 == 0 else "closed"
        facts = {"phase": phase, "type": "standard", "date": f"{2005 + number // 50}-03-01"}
        entries.append(
            {"version": version, "title": f"{version} Release {number}", "aliases": [], "properties": facts}
        )
    return entries


def told(page: Page, entries: list[Entry]) -> None:
    body = json.dumps(entries)
    page.route(
        "**/releases/versions.json", lambda route: route.fulfill(body=body, content_type="application/json")
    )


def field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Filter releases")


def picker(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Choose a release")


def pick(page: Page) -> None:
    page.locator(".rp-picker").click()
    expect(field(page)).to_be_focused()


# The picker


def test_a_thousand_releases_can_be_picked_from(page: Page, address: str, site: Path) -> None:
    told(page, a_thousand(site))
    page.goto(f"{address}releases/2.4.0/compliance/")
    expect(page.locator(".rp-picker")).to_have_text("Release 2.4.0", use_inner_text=False)
    pick(page)

    expect(picker(page).get_by_role("option", name="2.4.0")).to_have_attribute("aria-selected", "true")
    expect(picker(page).get_by_role("option", name="2.4.0")).to_be_in_viewport()
    expect(page.locator(".rp-picker__status")).to_have_text("1,000 of 1,000 releases")
    expect(picker(page).get_by_role("option")).to_have_count(1000)
    groups = page.get_by_role("listbox").get_by_role("group")
    assert groups.count() > 15
    expect(page.get_by_role("group", name="2010")).to_be_attached()

    field(page).fill("withdrawn 2010")
    expect(page.locator(".rp-picker__status")).to_have_text("1 of 1,000 releases")
    expect(picker(page).get_by_role("option")).to_have_text(["1.250.0Release 250Withdrawn"])
    field(page).fill("9.9")
    expect(page.locator(".rp-picker__status")).to_contain_text("No release has “9.9”.")


def test_a_release_says_in_words_how_it_stands(page: Page, address: str, site: Path) -> None:
    entries = listing(site)
    entries[-1]["properties"]["phase"] = "withdrawn"
    told(page, entries)
    page.goto(address)
    pick(page)

    running = version_of(entries, "production")
    words = {"production": "In production", "closed": "Closed", "withdrawn": "Withdrawn"}
    for one in entries:
        phase = "production" if one["version"] == running else one["properties"]["phase"]
        expected = words.get(phase, f"In progress: {phase}")
        expect(picker(page).get_by_role("option", name=one["version"]).locator(".rp-status")).to_have_text(
            expected
        )


def test_the_keyboard_picks_the_same_page_of_another_release(page: Page, address: str) -> None:
    page.goto(f"{address}releases/2.4.0/compliance/#risk-assessment")
    pick(page)
    page.keyboard.press("ArrowUp")
    expect(picker(page).get_by_role("option", name="2.4.1")).to_have_attribute("aria-selected", "true")
    active = field(page).get_attribute("aria-activedescendant")
    assert active == picker(page).get_by_role("option", name="2.4.1").get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/releases/2.4.1/compliance/#risk-assessment")


def test_escape_leaves_everything_as_it_was(page: Page, address: str) -> None:
    page.goto(f"{address}releases/2.4.0/")
    pick(page)
    page.keyboard.type("2.5")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".rp-picker")).to_be_focused()
    assert page.url.endswith("/releases/2.4.0/")


@pytest.mark.parametrize(
    ("here", "chosen", "there"),
    [
        (
            "releases/2.4.0/runbooks/payout-queue-stuck/",
            "2.4.1",
            "releases/2.4.1/runbooks/payout-queue-stuck/",
        ),
        ("releases/2.4.0/runbooks/payout-queue-stuck/", "2.6.0", "releases/2.6.0/"),
        ("releases/2.4.0/notes/internal/", "2.6.0", "releases/2.6.0/notes/internal/"),
        ("process/", "2.5.0", "releases/2.5.0/"),
        ("", "2.5.0", "releases/2.5.0/"),
        ("releases/compare/", "2.5.0", "releases/2.5.0/"),
    ],
)
def test_it_leads_to_the_same_page_where_there_is_one(
    page: Page, address: str, here: str, chosen: str, there: str
) -> None:
    page.goto(address + here)
    pick(page)
    picker(page).get_by_role("option", name=chosen).click()
    page.wait_for_url(address + there)


def test_on_a_phone_the_picker_takes_the_screen(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}releases/2.4.0/")
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    pick(page)
    assert page.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}


def test_without_scripts_it_leads_to_the_list(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}releases/2.4.0/changes/")
    expect(page.get_by_role("button", name="Search")).to_be_hidden()
    page.locator(".rp-picker").click()
    page.wait_for_url(f"{address}releases/")
    context.close()


# The list


def test_a_filter_narrows_the_heat_map_and_the_table_alike(page: Page, address: str) -> None:
    page.goto(f"{address}releases/")
    heat, table = page.locator(".rp-heat tbody tr"), page.locator("#register tbody tr")
    expect(heat).to_have_count(4)
    expect(table).to_have_count(4)

    page.locator("form [name=type]").select_option("hotfix")
    for some in (heat, table):
        expect(some).to_have_count(1)
        expect(some).to_contain_text("2.4.1")
    assert page.url.endswith("?type=hotfix")

    page.locator("form [name=find]").fill("nothing of this kind")
    expect(page.get_by_text("No release matches")).to_be_visible()
    expect(page.locator(".rp-heat")).to_be_hidden()
    page.get_by_role("button", name="Clear the filter").click()
    expect(heat).to_have_count(4)
    heat.get_by_role("link", name="2.5.0").click()
    page.wait_for_url(f"{address}releases/2.5.0/")


@pytest.fixture
def forty(site: Path) -> Iterator[str]:
    """Address of a list of 40 releases: those of the sample and older ones, written into the portal for a test."""
    as_of = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    assessment = assess(ROOT, settings.read(ROOT / "mkdocs.yml"), as_of)
    portal = assessment.portal
    oldest = portal.releases[-1]
    older = [replace(oldest, version=f"1.{number}.0") for number in reversed(range(36))]
    progress = {**portal.progress, **{one.version: portal.progress[oldest.version] for one in older}}
    releases = (*portal.releases, *older)
    (made,) = PAGE.build(replace(assessment, portal=replace(portal, releases=releases, progress=progress)))
    made = replace(made, uri="forty/")
    ((_, html),) = MaterialShell.from_config_file(ROOT / "mkdocs.yml", as_of, [made]).portal()
    (site / made.uri).mkdir()
    for name, text in (("index.html", html), *made.files):
        (site / made.uri / name).write_text(text, encoding="utf-8", newline="")
    yield made.uri
    shutil.rmtree(site / made.uri)


def test_of_many_releases_both_tables_show_more_when_asked(page: Page, address: str, forty: str) -> None:
    heat, table = page.locator(".rp-heat tbody tr"), page.locator("#register tbody tr")
    page.goto(address + forty)
    for some in (heat, table):
        expect(some).to_have_count(25)
    expect(page.locator(".rp-register__more")).to_contain_text("25 of 40 are shown.")

    page.get_by_role("button", name="Show 15 more").click()
    for some in (heat, table):
        expect(some).to_have_count(40)
        expect(some.last).to_contain_text("1.0.0")

    page.goto(f"{address}{forty}?status=closed#1.0.0")
    expect(page.locator("[id='1.0.0']")).to_be_focused()


def test_without_scripts_the_list_says_that_there_are_more(
    browser: Browser, address: str, forty: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + forty)
    shown = page.locator("#register tbody tr").count()
    assert 4 < shown < 10
    expect(page.locator(".rp-heat tbody tr")).to_have_count(shown)
    expect(page.get_by_text(f"The first {shown} of 40 rows. The CSV has them all.").last).to_be_visible()
    context.close()


# Banners: old pages stay as they are, and tell what came after them all the same


def withdraw(entries: list[Entry]) -> None:
    next(one for one in entries if one["version"] == "2.4.0")["properties"]["phase"] = "withdrawn"


def deploy(version: str) -> Callable[[list[Entry]], None]:
    def change(entries: list[Entry]) -> None:
        for one in entries:
            one["aliases"] = ["latest", "production"] if one["version"] == version else []

    return change


def release_anew(entries: list[Entry]) -> None:
    facts = {"phase": "closed", "type": "standard", "date": "2027-03-01"}
    entries.insert(0, {"version": "3.0.0", "title": "3.0.0 Anew", "aliases": [], "properties": facts})
    deploy("3.0.0")(entries)


@pytest.mark.parametrize(
    ("change", "path", "says"),
    [
        (deploy("2.4.1"), "2.4.0/changes/", "2.4.0 is not the newest release. Production runs 2.4.1 Duplicate payout guard."),
        (deploy("2.4.0"), "2.4.0/", ""),
        (deploy("2.4.0"), "2.5.0/", ""),
        (deploy(""), "2.4.0/", ""),
        (release_anew, "2.6.0/", "2.6.0 is not the newest release. Production runs 3.0.0 Anew."),
        (withdraw, "2.4.0/runbooks/", "2.4.0 was withdrawn. Production runs"),
        (withdraw, "2.4.0/", ""),
    ],
)  # fmt: skip
def test_a_page_tells_that_production_has_moved_on(
    page: Page, address: str, site: Path, change: Callable[[list[Entry]], None], path: str, says: str
) -> None:
    entries = listing(site)
    change(entries)
    told(page, entries)
    with page.expect_response("**/releases/versions.json"):
        page.goto(f"{address}releases/{path}")

    banner = page.get_by_role("complementary", name="State of this release")
    if says:
        expect(banner).to_contain_text(says)
    else:
        page.wait_for_timeout(200)
        expect(banner).to_have_count(0)


def test_the_banner_leads_to_the_same_page(page: Page, address: str, site: Path) -> None:
    running = version_of(listing(site), "production")
    page.goto(f"{address}releases/2.4.0/testing/")
    page.get_by_role("complementary", name="State of this release").get_by_role("link").click()
    page.wait_for_url(f"{address}releases/{running}/testing/")


# Addresses that stay


@pytest.mark.parametrize("path", ["", "runbooks/", "notes/"])
@pytest.mark.parametrize("alias", ["latest", "production"])
def test_an_alias_leads_on(page: Page, address: str, site: Path, alias: str, path: str) -> None:
    version = version_of(listing(site), alias)
    page.goto(f"{address}releases/{alias}/{path}")
    page.wait_for_url(f"{address}releases/{version}/{path}")
    expect(page.locator("h1")).to_contain_text(version)
