"""Every kind of page against WCAG 2.2 AA, judged by axe-core in a real browser; and what its pages load."""

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.kinds import PARTS, kinds

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
COLOUR = ["color-contrast", "link-in-text-block"]
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LOOKS = {  # colour scheme, width, and what may differ from the looks before
    "light": ("default", 1440, STANDARD),
    "dark": ("slate", 1440, {"runOnly": {"type": "rule", "values": COLOUR}}),
    "phone": ("default", 390, {**STANDARD, "rules": {rule: {"enabled": False} for rule in COLOUR}}),
}
PASSES = {
    "portal": LOOKS.keys(),
    "2.4.0": ("light", "phone"),
    "2.5.0": ("light", "dark"),
}  # each kind in each look
JUDGE = """async (options) => {
  const found = await axe.run(document, { ...options, resultTypes: ["violations"], preload: false });
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) =>
    `${id}: ${node.target.join(" ")}: ${node.failureSummary.split("\\n").slice(1).join(" ").trim()}`));
}"""

# Faults of the theme that our overrides do not mend: (rule, selector) and why it is let be.
OF_THE_THEME: dict[tuple[str, str], str] = {}


def judge(page: Page, look: str) -> list[str]:
    """What axe-core finds on a page in one look: rule, selector, reason."""
    scheme, width, options = LOOKS[look]
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
    found: list[str] = page.evaluate(JUDGE, options)
    return [fault for fault in found if tuple(fault.split(": ")[:2]) not in OF_THE_THEME]


@pytest.mark.parametrize("part", PARTS)
def test_no_page_has_a_barrier(open_page: Page, site: Path, address: str, part: str) -> None:
    barriers = {}
    for uri in kinds(site, part):
        open_page.goto(address + uri)
        open_page.add_style_tag(content="* { transition: none !important }")
        open_page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        open_page.evaluate(AXE)
        for look in PASSES[part]:
            if found := judge(open_page, look):
                barriers[f"{uri} ({look})"] = found

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


def test_axe_sees_what_is_wrong(open_page: Page, address: str) -> None:
    """Nothing found means something only where faults are found, in each look."""
    open_page.goto(address)
    open_page.evaluate("""document.querySelector("article").insertAdjacentHTML("beforeend",
      "<img src='assets/images/favicon.png'><p style='color: #777; background: #666'>Pale</p><button></button>")""")
    open_page.evaluate(AXE)
    found = {look: {fault.split(":")[0] for fault in judge(open_page, look)} for look in LOOKS}

    assert found == {
        "light": {"image-alt", "color-contrast", "button-name"},
        "dark": {"color-contrast"},
        "phone": {"image-alt", "button-name"},
    }
