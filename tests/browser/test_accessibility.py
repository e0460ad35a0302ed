"""Every kind of page against WCAG 2.2 AA, judged by axe-core in a real browser; and what its pages load."""

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kinds import PARTS, kinds

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
JUDGE = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.target.join(" ")}: ${node.failureSummary.split("\\n").slice(1).join(" ").trim()}`));
}"""

# Faults of the theme that our overrides do not mend: (rule, selector) and why it is let be.
OF_THE_THEME: dict[tuple[str, str], str] = {}

LOOKS = {
    "light": ("light", 1440, STANDARD, PARTS),
    "dark": ("dark", 1440, COLOUR, ("portal", "2.5.0")),  # nothing else differs from light
    "phone": ("light", 390, STANDARD, ("portal", "2.4.0")),
}
JUDGED = [(look, part) for look, (*_, parts) in LOOKS.items() for part in parts]


@pytest.mark.parametrize(("look", "part"), JUDGED)
def test_no_page_has_a_barrier(browser: Browser, site: Path, address: str, part: str, look: str) -> None:
    scheme, width, rules, _ = LOOKS[look]
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        bypass_csp=True,  # axe-core comes from the test, not from the site
    )
    page = context.new_page()
    barriers = {}
    for uri in kinds(site, part):
        page.goto(address + uri)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.evaluate(AXE)
        if found := [fault for fault in page.evaluate(JUDGE, rules) if not excused(fault)]:
            barriers[uri] = found
    context.close()

    assert barriers == {}


@pytest.mark.parametrize("part", PARTS)
def test_no_page_breaks_its_own_policy_or_logs_an_error(
    page: Page, site: Path, address: str, part: str
) -> None:
    """The page of this test also fails it for each error in the console and each request to another host."""
    page.add_init_script("""
      window.refused = [];
      document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
    """)
    refused = {}
    for uri in kinds(site, part):
        page.goto(address + uri)
        page.wait_for_timeout(100)  # what scripts fetch
        if found := page.evaluate("refused"):
            refused[uri] = found

    assert refused == {}


def test_an_auditor_sees_in_two_clicks_who_approved_a_deployment_and_how_that_is_proved(
    page: Page, address: str
) -> None:
    page.goto(address)
    page.get_by_role("link", name="2.4.0").first.click()
    page.get_by_role("link", name="Deployment", exact=True).first.click()

    answer = page.locator("dt", has_text="Approved by").locator("xpath=following-sibling::dd[1]")
    expect(answer).to_be_in_viewport()
    for person in ("Helen Byrne", "Kavita Rao"):
        expect(answer).to_contain_text(person)
    expect(answer.locator(".rp-proof")).to_have_text(["In roster", "In roster"])

    answer.get_by_role("link").first.click()
    expect(page.locator(":target + tr")).to_contain_text("Helen Byrne")
    expect(page.locator(":target + tr")).to_be_in_viewport()


def excused(fault: str) -> bool:
    rule, selector, _ = fault.split(": ", 2)
    return (rule, selector) in OF_THE_THEME


def test_axe_sees_what_is_wrong(browser: Browser, address: str) -> None:
    """Nothing found means something only where faults are found."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.evaluate("""document.querySelector("article").insertAdjacentHTML("beforeend",
      "<img src='assets/images/favicon.png'><p style='color: #ccc; background: #fff'>Pale</p><button></button>")""")
    page.evaluate(AXE)
    found = {fault.split(":")[0] for fault in page.evaluate(JUDGE, STANDARD)}
    context.close()

    assert {"image-alt", "color-contrast", "button-name"} <= found
