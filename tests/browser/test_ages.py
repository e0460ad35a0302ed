"""How late or how far something is, counted from the reader's day."""

import pytest
from playwright.sync_api import Browser, expect


@pytest.mark.parametrize(
    ("day", "note"),
    [
        ("2028-07-02", "2 days overdue"),
        ("2028-06-30", "due today"),
        ("2028-06-29", "due in 1 day"),
        ("2028-04-01", "due in 90 days"),
        ("2028-03-31", None),
        ("2026-11-24", None),
    ],
)
def test_a_far_day_is_told_by_its_date_alone(
    browser: Browser, address: str, day: str, note: str | None
) -> None:
    """EX-9 ends on 2028-06-30: a number of days says something in the last three months only."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.goto(f"{address}registers/exceptions/")
    age = page.locator("tr[id='2.5.0-EX-9'] .rp-age")
    expect(age).to_contain_text("2028-06-30")
    if note is None:
        expect(age.locator(".rp-age__note")).to_have_count(0)
    else:
        expect(age.locator(".rp-age__note")).to_have_text(note)
    context.close()
