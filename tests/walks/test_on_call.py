"""Somebody on call, with a phone in one hand, finds the way back from what production runs."""

from pathlib import Path

import yaml
from playwright.sync_api import Browser, expect

from tests.conftest import Run

RUNNING = "2.5.0"  # what the demo's production runs


def test_the_rollback_of_the_running_version_is_two_taps_from_the_home_page(
    demo: tuple[Path, Run], address: str, browser: Browser
) -> None:
    plan = (demo[0] / f"releases/{RUNNING}/06-approval/deployment-plan.md").read_text()
    steps = [one["step"] for one in yaml.safe_load(plan.split("---\n")[1])["rollback"]]
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)

    page.locator(".rp-card--lead").get_by_role("link", name="Rollback plan").tap()

    expect(page.get_by_role("heading", name=f"Rollback of {RUNNING}")).to_be_in_viewport()
    shown = page.locator(".rp-oncall__steps > li")
    assert [" ".join(one.split()) for one in shown.locator("> span:first-child").all_inner_texts()] == steps
    page.get_by_role("link", name=f"The {len(steps)} steps back").tap()  # past what decides for the way back
    expect(shown.first).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name="The whole plan").tap()
    expect(page.locator("#rollback")).to_be_in_viewport()
    context.close()
