"""Any two releases side by side, and runbooks that know whether they are the newest, in a real browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
SECTIONS = ".rp-section > .rp-section__head > h2"

# Both pages as elements only: links in full, no white space between elements.
_AS_ON_THE_PAGE = """async () => {
  const parts = (root, base) => {
    const found = [...root.querySelectorAll("nav.rp-links, section.rp-section, p.rp-muted")];
    const own = found.filter((one) => !one.parentElement.closest("section.rp-section"));
    return own.map((one) => {
      const copy = one.cloneNode(true);
      for (const link of copy.querySelectorAll("a[href]")) {
        const href = link.getAttribute("href");
        if (!href.startsWith("#")) link.setAttribute("href", new URL(href, base).href);
      }
      copy.normalize();
      const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
      const blank = [];
      while (walker.nextNode()) if (!walker.currentNode.data.trim() && /\\n|^$/.test(walker.currentNode.data)) blank.push(walker.currentNode);
      blank.forEach((node) => node.remove());
      return copy.outerHTML;
    });
  };
  const address = new URL("../2.5.0/changes-since/", location.href);
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  return [parts(document.getElementById("comparison"), location.href), parts(page.querySelector("article"), address)];
}"""


def open_comparison(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}releases/compare/{query}")


def test_in_the_browser_the_same_differs_as_on_the_page_of_the_release(page: Page, address: str) -> None:
    open_comparison(page, address, "?from=2.4.1&to=2.5.0")
    expect(page.locator(SECTIONS).first).to_have_text("Changes")

    in_browser, on_page = page.evaluate(_AS_ON_THE_PAGE)

    assert len(on_page) > 8
    assert in_browser == on_page


def test_a_choice_is_kept_in_the_address(page: Page, address: str) -> None:
    open_comparison(page, address)
    expect(page.locator("#comparison")).to_contain_text("Choose two releases")

    page.get_by_role("combobox", name="From", exact=True).select_option("2.4.0")
    expect(page.locator("#comparison")).to_contain_text("Compare 2.4.0 with which one?")
    page.get_by_role("combobox", name="To", exact=True).select_option("2.5.0")
    expect(page.locator(SECTIONS).first).to_have_text("Changes")
    assert page.url.endswith("/releases/compare/?from=2.4.0&to=2.5.0")

    page.reload()
    expect(page.get_by_role("combobox", name="To", exact=True)).to_have_value("2.5.0")
    expect(page.locator(SECTIONS).first).to_have_text("Changes")


def test_changes_add_up_over_the_releases_between(page: Page, address: str) -> None:
    open_comparison(page, address, "?from=2.4.0&to=2.5.0")

    changes = page.locator("section", has=page.locator("#changes"))
    expect(changes.locator("tbody tr:not(.rp-group)")).to_have_count(6)
    expect(changes.locator("tr", has_text="PAY-231").locator("td").last).to_have_text("2.4.1")
    expect(changes.locator("tr", has_text="CON-12").locator("td").last).to_have_text("2.5.0")
    runbooks = page.locator("section", has=page.locator("#runbooks"))
    expect(runbooks.locator("tr", has_text="Pause a rail")).to_contain_text("From 2.4.1")


def test_the_older_release_comes_first_whichever_is_chosen_first_and_that_is_said(
    page: Page, address: str
) -> None:
    turned = "Shown from 2.4.1 to 2.5.0: 2.5.0 is the newer release."
    open_comparison(page, address, "?from=2.5.0&to=2.4.1")

    heads = page.locator("section", has=page.locator("#roles")).locator("thead th")
    expect(heads).to_have_text(["What", "Change", "2.4.1", "2.5.0"])
    expect(page.locator("#comparison > p").first).to_have_text(turned)
    expect(page.locator("#compare-status")).to_have_text(
        re.compile(re.escape(turned) + r" 2\.5\.0 differs from 2\.4\.1 in \d+ things\.")
    )

    open_comparison(page, address, "?from=2.4.1&to=2.5.0")
    expect(heads).to_have_text(["What", "Change", "2.4.1", "2.5.0"])
    expect(page.get_by_text("Shown from")).to_have_count(0)


def test_a_release_that_is_not_there_is_named_until_another_is_chosen(page: Page, address: str) -> None:
    open_comparison(page, address, "?from=9.9.9&to=2.5.0")
    expect(page.locator("#comparison")).to_contain_text("This portal has no release 9.9.9")

    page.get_by_role("combobox", name="From", exact=True).select_option("2.4.1")
    expect(page.locator(SECTIONS).first).to_have_text("Changes")
    assert page.url.endswith("?from=2.4.1&to=2.5.0")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?from=2.5.0&to=2.5.0", "Choose another release to compare 2.5.0 with."),
        ("?from=&to=2.5.0", "Compare 2.5.0 with which one?"),
        ("?from=9.9.9&to=2.5", "This portal has no release 9.9.9 and no release 2.5"),
        ("?from=..%2F..%2F&to=", "This portal has no release ../../"),
        ("?from=%3Cimg+src%3Dx%3E&to=", "This portal has no release <img src=x>"),
        ("?from=&to=", "Choose two releases"),
    ],
)
def test_an_address_that_names_no_two_releases_says_what_to_do(
    page: Page, address: str, query: str, said: str
) -> None:
    open_comparison(page, address, query)

    expect(page.locator("#comparison")).to_contain_text(said)


def test_text_of_facts_stays_text(page: Page, address: str) -> None:
    def spoil(route: Route) -> None:
        facts = route.fetch().json()
        facts["sections"]["changes"][0]["facts"][0] |= {"label": HOSTILE, "mark": HOSTILE}
        route.fulfill(body=json.dumps(facts), content_type="application/json")

    page.route("**/2.5.0/changes-since/facts.json", spoil)
    open_comparison(page, address, "?from=2.4.1&to=2.5.0")

    expect(page.locator("#comparison")).to_contain_text(HOSTILE)
    assert page.locator("#comparison").locator("img, script").count() == 0


def test_facts_that_cannot_be_loaded_are_asked_for_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/2.5.0/changes-since/facts.json", lambda route: route.abort())
    page.goto(f"{address}releases/compare/?from=2.4.1&to=2.5.0")
    expect(page.locator("#comparison")).to_contain_text("could not be loaded")

    page.unroute("**/2.5.0/changes-since/facts.json")
    page.get_by_role("combobox", name="From", exact=True).select_option("2.4.0")

    expect(page.locator(SECTIONS).first).to_have_text("Changes")
    page.close()


def test_a_list_of_releases_that_cannot_be_loaded_is_said_to_be(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/releases/versions.json", lambda route: route.abort())
    open_comparison(page, address)
    expect(page.locator("#comparison")).to_contain_text("The list of releases could not be loaded")
    page.close()


def test_what_was_withdrawn_says_so_where_it_is_chosen(page: Page, address: str, site: Path) -> None:
    listed = json.loads((site / "releases/versions.json").read_text(encoding="utf-8"))
    listed[-1]["properties"]["phase"] = "withdrawn"
    page.route("**/releases/versions.json", lambda route: route.fulfill(json=listed))
    open_comparison(page, address)
    expect(page.get_by_role("combobox", name="To", exact=True).locator("option")).to_have_text(
        ["Choose a release", *(one["title"] for one in listed[:-1]), f"{listed[-1]['title']} (withdrawn)"]
    )


def test_it_fits_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_comparison(page, address, "?from=2.4.0&to=2.5.0")
    expect(page.locator(SECTIONS).first).to_have_text("Changes")

    assert page.evaluate("document.querySelector('article').scrollWidth") <= 390


def test_an_older_runbook_leads_to_the_one_that_holds(page: Page, address: str) -> None:
    page.goto(f"{address}releases/2.4.0/runbooks/payout-queue-stuck/")

    banner = page.get_by_role("complementary", name="A newer version of this runbook holds")
    banner.get_by_role("link", name="that of 2.5.0").click()

    expect(page.locator("h1")).to_have_text(re.compile(r"2\.5\.0\s+Payout queue stuck"))
    expect(page.locator(".rp-runbook__version")).to_contain_text("newest version, for 2.5.0 in production")


def test_a_runbook_of_an_older_release_may_be_the_newest(page: Page, address: str) -> None:
    page.goto(f"{address}releases/2.4.1/runbooks/rail-pause/")

    expect(page.locator(".rp-runbook__version")).to_contain_text("newest version, for 2.5.0 in production")
    expect(page.locator(".rp-banner:visible")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 1440])
def test_all_of_every_command_is_in_sight_and_has_a_box_of_its_own(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}releases/2.4.1/runbooks/rail-failover/")
    commands = page.locator(".rp-record--steps pre")

    expect(commands).to_have_count(4)  # the second step has two in one block
    for one in commands.all():
        assert one.evaluate("one => one.firstChild.scrollWidth <= one.firstChild.clientWidth + 1")
        expect(one.get_by_role("button", name="Copy command")).to_have_count(1)
        assert "\n" not in (one.locator("code").text_content() or "")
    assert page.get_by_role("region", name="Command").count() == 0


def test_the_line_below_a_notice_keeps_clear_of_it(page: Page, address: str) -> None:
    page.goto(f"{address}releases/2.4.1/runbooks/rail-failover/")
    findings = page.evaluate("""() => {
      const list = document.createElement("ul");
      list.className = "rp-findings";
      list.innerHTML = '<li class="rp-finding rp-finding--notice"><p>first committed late</p></li>';
      const line = document.querySelector(".rp-runbook__version");
      line.before(list);
      return line.getBoundingClientRect().top - list.getBoundingClientRect().bottom;
    }""")
    assert findings >= 12


@pytest.mark.parametrize("name", ["payout-queue-stuck", "consent-ledger-lag"])
def test_a_runbook_is_printed_on_one_sheet(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}releases/2.5.0/runbooks/{name}/")

    printed = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
