"""Registers as people ask them, in a real browser: filter, sort, group, link; with few rows and with 20,000."""

import gzip
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Response, expect

from release_portal import settings
from release_portal.assess import Assessment, assess
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._pages import fill
from release_portal.pages.registers._pages import page as register_page
from release_portal.pages.registers._register import Column, Register, Row
from release_portal.shell import MaterialShell
from tests.conftest import ROOT

MANY = 20_000
AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
ROWS = "#register tbody tr:not(.rp-group)"


def rows_of(_: Assessment) -> Iterator[Row]:
    """Actions of 1,000 releases by 40 owners; every seventh is open and overdue."""
    for number in range(MANY):
        version, owner = f"{number // 200}.{number // 20 % 10}.0", f"person-{number % 40:02}"
        late = number % 7 == 0
        yield Row(
            id=f"{version}-A-{number}",
            cells={
                "id": cell.mono(f"A-{number}", href=f"releases/{version}/retrospective/#A-{number}"),
                "action": cell.text(
                    f"Improvement {number} of the payout queue, agreed with the vendor, for {owner}"
                ),
                "owner": cell.Cell(kind="text", text=owner.title(), value=owner, key=owner),
                "release": cell.Cell(kind="version", text=version, key=f"{number // 20:06}"),
                "state": cell.status("progress", "Open") if late else cell.status("claimed", "Done", order=1),
                "due": cell.day(date(2020, 1, 1) + timedelta(days=number % 900), open_=late),
            },
        )


SYNTHETIC = Register(
    name="synthetic",
    title="Synthetic",
    noun="action",
    lead="Many rows.",
    empty="None.",
    order=1,
    reads=(),
    rows=rows_of,
    tally="state",
    groups=("owner", "release"),
    overdue="Overdue only",
    columns=(
        Column(key="id", title="Id"),
        Column(key="action", title="Action"),
        Column(key="owner", title="Owner", facet=True),
        Column(key="release", title="Release", facet=True, newest=True),
        Column(key="state", title="State", facet=True),
        Column(key="due", title="Due"),
    ),
)


@pytest.fixture(scope="module")
def many(site: Path) -> Iterator[Path]:
    """The folder of a register of 20,000 rows, written into the portal for the tests of this file."""
    assessment = assess(ROOT, settings.read(ROOT / "mkdocs.yml"), AS_OF)
    made = register_page(fill(SYNTHETIC, assessment), assessment)
    ((_, html),) = MaterialShell.from_config_file(ROOT / "mkdocs.yml", AS_OF, [made]).portal()
    folder = site / made.uri
    folder.mkdir()
    for name, text in (("index.html", html), *made.files):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    yield folder
    shutil.rmtree(folder)


def count(page: Page, text: str) -> None:
    expect(page.locator("output")).to_have_text(text)


def field(page: Page, name: str) -> Locator:
    return page.locator(f"form[role=search] [name={name}]")


def sideways(page: Page) -> bool:
    """Whether the content is wider than its column."""
    return page.locator("article").evaluate("one => one.scrollWidth > one.clientWidth")  # type: ignore[no-any-return]


def ids(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(f"{ROWS} > th").all_inner_texts()]


def test_a_filter_narrows_the_rows_and_stands_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}registers/actions/")
    count(page, "8 of 8")

    field(page, "release").select_option("2.4.0")
    count(page, "3 of 8")
    assert page.url.endswith("?release=2.4.0")

    field(page, "find").fill("HSM  VENDOR")
    count(page, "1 of 8")
    assert ids(page) == ["A-2"]

    page.locator("form[role=search] [type=reset]").click()
    count(page, "8 of 8")
    assert "?" not in page.url
    assert len(ids(page)) == 8


def test_a_head_sorts_up_then_down_then_as_listed(page: Page, address: str) -> None:
    page.goto(f"{address}registers/actions/")
    listed, head = ids(page), page.get_by_role("columnheader", name="Ticket")
    tickets = page.locator(f"{ROWS} > [data-label=Ticket]")

    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(tickets.first).to_have_text("IMP-31")
    assert tickets.all_inner_texts() == sorted(tickets.all_inner_texts())

    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(tickets.first).to_have_text("IMP-44")

    head.get_by_role("button").press("Enter")
    expect(head).not_to_have_attribute("aria-sort", re.compile("."))
    expect(page.locator(f"{ROWS} > th").first).to_have_text(listed[0])


def test_the_newest_release_sorts_first(page: Page, address: str) -> None:
    page.goto(f"{address}registers/changes/?sort=release")
    versions = page.locator(f"{ROWS} > [data-label=Release]")
    expect(versions.first).to_have_text("2.4.0")

    page.goto(f"{address}registers/changes/")
    page.get_by_role("columnheader", name="Release").get_by_role("button").click()
    expect(versions.first).to_have_text("2.6.0")
    assert page.url.endswith("?sort=-release")


def test_groups_carry_name_and_number(page: Page, address: str) -> None:
    page.goto(f"{address}registers/actions/")

    field(page, "group").select_option("owner")

    groups = page.locator("#register .rp-group")
    expect(groups.first).to_have_text(re.compile(r"Daniel Okafor\s+1"))
    expect(groups.nth(2)).to_have_text(re.compile(r"Ines Duarte\s+2"))
    assert page.url.endswith("?group=owner")
    assert len(ids(page)) == 8


def test_a_register_grouped_from_the_start_looks_the_same_when_the_browser_groups_it(
    page: Page, address: str
) -> None:
    page.goto(f"{address}registers/controls/", wait_until="networkidle")
    body = "document.querySelector('#register tbody').textContent.replace(/\\s+/g, '')"
    first = page.evaluate(body)
    written = page.evaluate(
        f"""async () => {{
            const html = await (await fetch(location.href)).text();
            const document = new DOMParser().parseFromString(html, "text/html");
            return {body};
        }}"""
    )
    assert len(written) > 400
    assert first.startswith(written)

    field(page, "group").select_option("none")
    expect(page.locator("#register .rp-group")).to_have_count(0)
    assert page.url.endswith("?group=none")
    field(page, "group").select_option("framework")
    expect(page.locator("#register .rp-group")).to_have_count(4)

    assert page.evaluate(body) == first
    assert "?" not in page.url


def test_a_link_opens_the_view_that_it_says(page: Page, address: str) -> None:
    page.goto(f"{address}registers/actions/?release=2.4.1&find=rail&sort=-due&group=state")

    count(page, "3 of 8")
    expect(field(page, "release")).to_have_value("2.4.1")
    expect(field(page, "find")).to_have_value("rail")
    expect(field(page, "group")).to_have_value("state")
    expect(page.get_by_role("columnheader", name="Due")).to_have_attribute("aria-sort", "descending")
    assert ids(page)[0] == "A-5"


def test_back_brings_the_view_before(page: Page, address: str) -> None:
    page.goto(f"{address}registers/")
    page.get_by_role("link", name="Dropped").click()
    count(page, "1 of 8")
    expect(field(page, "state")).to_have_value("dropped")

    page.go_back()
    expect(page.locator("h1")).to_have_text("Registers")


def test_overdue_is_counted_from_the_readers_day(browser: Browser, address: str) -> None:
    for day, found, note in (("2026-10-31", 0, "due today"), ("2026-11-01", 1, "1 day overdue")):
        context = browser.new_context()
        page = context.new_page()
        page.clock.set_fixed_time(f"{day}T12:00:00")
        page.goto(f"{address}registers/actions/")
        expect(page.locator(".rp-age__note").first).to_have_text(note)
        field(page, "overdue").check()
        count(page, f"{found} of 8")
        context.close()


def test_an_empty_answer_says_why_and_offers_the_way_out(page: Page, address: str) -> None:
    page.goto(f"{address}registers/actions/?release=9.9.9&find=hsm")

    expect(page.get_by_text("No action matches")).to_be_visible()
    expect(page.get_by_text("None of 8 has the words “hsm” and Release “9.9.9”.")).to_be_visible()
    expect(page.locator("#register")).to_be_hidden()
    page.get_by_role("button", name="Clear the filter").click()
    count(page, "8 of 8")
    expect(field(page, "find")).to_be_focused()
    expect(page.locator("#register")).to_be_visible()


def test_a_row_is_opened_by_its_anchor_also_when_the_filter_hides_it(page: Page, address: str) -> None:
    page.goto(f"{address}registers/actions/#2.4.1-A-4")
    expect(page.locator("[id='2.4.1-A-4']")).to_be_focused()

    page.goto(f"{address}registers/actions/?release=2.4.0#2.4.1-A-4")
    expect(page.locator("#register .rp-group").first).to_have_text("Linked to")
    expect(page.locator("[id='2.4.1-A-4']")).to_be_focused()
    count(page, "3 of 8")


def test_on_a_phone_rows_are_cards_and_the_fields_fold(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}registers/actions/")

    expect(field(page, "release")).to_be_hidden()
    page.get_by_role("button", name="Filter, group and sort").click()
    field(page, "sort").select_option("-ticket")
    expect(page.locator(f"{ROWS} > [data-label=Ticket]").first).to_have_text("IMP-44")
    cells = page.locator(f"{ROWS}").first.locator("th, td")
    lefts = {round(box["x"]) for one in cells.all() if (box := one.bounding_box())}
    assert len(lefts) == 1
    assert not sideways(page)


@pytest.mark.parametrize("width", [390, 768, 1000, 1220, 1440])
def test_no_register_scrolls_sideways(page: Page, address: str, site: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    wide = []
    for folder in sorted(site.glob("registers/*/")):
        page.goto(f"{address}registers/{folder.name}/")
        if sideways(page):
            wide.append(folder.name)
    assert wide == []


def test_a_reader_who_cannot_see_hears_what_came_of_it(page: Page, address: str) -> None:
    page.goto(f"{address}registers/signoffs/")

    fields = page.locator("form[role=search] :is(input, select)")
    assert fields.count() >= 8
    for field in fields.all():
        assert field.evaluate("field => field.labels[0]?.innerText || field.labels[0]?.textContent")
    assert page.get_by_role("status").count() == 1
    expect(page.get_by_role("search", name="Filter")).to_be_visible()


def test_without_scripts_the_first_rows_stand_there(browser: Browser, address: str, many: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}registers/{many.name}/")
    shown = page.locator(ROWS).count()
    assert shown >= 5
    expect(page.locator("form[role=search]")).to_be_hidden()
    told = page.locator(
        ".rp-register__more", has_text=f"The first {shown} of 20,000 rows. The CSV has them all."
    )
    expect(told).to_be_visible()
    context.close()


def test_what_is_printed_says_what_of_it_there_is(page: Page, address: str, many: Path) -> None:
    told = page.locator(".rp-register__told")
    page.goto(f"{address}registers/{many.name}/?release=99.9.0&state=done")
    count(page, "17 of 20,000")
    expect(told).to_be_hidden()
    page.emulate_media(media="print")
    expect(told).to_be_visible()
    expect(told).to_have_text("17 of 20,000 have Release “99.9.0” and State “Done”.")

    page.goto(f"{address}registers/{many.name}/")
    expect(told).to_have_text("100 of 20,000 are shown.")


def test_the_population_is_filtered_and_sorted_like_a_register(page: Page, address: str) -> None:
    page.goto(f"{address}registers/population/")
    count(page, "4 of 4")
    field(page, "phase").select_option("Closed")
    count(page, "2 of 4")
    page.get_by_role("columnheader", name="Version").get_by_role("button").click()
    page.get_by_role("columnheader", name="Version").get_by_role("button").click()
    expect(page.locator(f"{ROWS} > th").first).to_have_text("2.4.0")
    assert page.url.endswith("?phase=Closed&sort=version")


# 20,000 rows


def sent(answer: Response) -> int:
    """Bytes on the wire, as any host of static files sends them: text compressed, fonts and images as they are."""
    text = answer.url.endswith(("/", ".css", ".js", ".json", ".svg"))
    return len(gzip.compress(answer.body(), 6) if text else answer.body())


def test_the_first_view_of_20_000_rows_is_light(page: Page, address: str, many: Path) -> None:
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.setdefault(answer.url, sent(answer)))

    page.goto(f"{address}registers/{many.name}/", wait_until="networkidle")

    expect(page.locator(ROWS)).to_have_count(100)
    assert (many / "index.html").stat().st_size < 40_000
    own = {url.removeprefix(page.url) for url in sizes if "/registers/" in url}
    assert own == {"", "choices.json", "rows-1.json"}
    assert sum(sizes.values()) < 300_000, sizes


def test_a_question_loads_as_much_of_the_index_as_answers_it(page: Page, address: str, many: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition(f"{many.name}/")[2]))

    def loaded(query: str, found: str) -> set[str]:
        asked.clear()
        page.goto(f"{address}registers/{many.name}/{query}")
        count(page, found)
        expect(page.locator("#register[aria-busy]")).to_have_count(0)
        own = {name for name in asked if name.endswith(".json") and not name.startswith("rows-")}
        return own - {"choices.json"}

    assert loaded("", "20,000 of 20,000") == set()
    assert loaded("?release=99.9.0&state=done", "17 of 20,000") == {"index.json"}
    assert loaded("?find=a-19992", "1 of 20,000") == {"text.json"}
    assert loaded("?release=99.9.0&overdue=1", "3 of 20,000") == {"index.json", "due.json"}
    assert loaded("?release=99.9.0&sort=-due", "20 of 20,000") == {"index.json", "rank-due.json"}
    assert loaded("?release=99.9.0&group=owner", "20 of 20,000") == {"index.json", "rank-owner.json"}
    assert (many / "index.json").stat().st_size < 200_000


def test_the_first_answer_of_20_000_rows_comes_within_a_second(page: Page, address: str, many: Path) -> None:
    page.goto(f"{address}registers/{many.name}/", wait_until="networkidle")
    spent = page.evaluate(
        """async (wanted) => {
            const [select, output] = [document.querySelector("[name=owner]"), document.querySelector("output")];
            const began = performance.now();
            select.value = wanted;
            select.dispatchEvent(new Event("input", { bubbles: true }));
            while (output.textContent !== "500 of 20,000") await new Promise(requestAnimationFrame);
            return performance.now() - began;
        }""",
        "person-07",
    )
    assert spent < 1000
    expect(page.locator(ROWS)).to_have_count(100)
    assert set(page.locator(f"{ROWS} > [data-label=Owner]").all_inner_texts()) == {"Person-07"}


def test_rows_are_added_a_hundred_at_a_time_and_the_keyboard_goes_on_there(
    page: Page, address: str, many: Path
) -> None:
    page.goto(f"{address}registers/{many.name}/")

    page.get_by_role("button", name="Show 100 more").press("Enter")

    expect(page.locator(ROWS)).to_have_count(200)
    expect(page.locator("[id='0.5.0-A-100']")).to_be_focused()
    field(page, "find").fill("a-19999")
    count(page, "1 of 20,000")
    expect(page.get_by_role("button", name=re.compile("Show"))).to_be_hidden()


def test_only_the_files_of_shown_rows_are_fetched(page: Page, address: str, many: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition(f"{many.name}/")[2]))
    page.goto(f"{address}registers/{many.name}/", wait_until="networkidle")
    assert sorted(name for name in asked if name.startswith("rows-")) == ["rows-1.json"]

    asked.clear()
    page.goto(f"{address}registers/{many.name}/?release=99.9.0")
    count(page, "20 of 20,000")
    assert sorted(name for name in asked if name.startswith("rows-")) == ["rows-200.json"]


def test_added_rows_get_their_age(page: Page, address: str, many: Path) -> None:
    page.goto(f"{address}registers/{many.name}/?find=a-19998&state=open")
    count(page, "0 of 20,000")
    page.goto(f"{address}registers/{many.name}/?find=a-19992")
    count(page, "1 of 20,000")
    expect(page.locator(f"{ROWS} .rp-age__note")).to_have_text(re.compile("days overdue"))


def test_a_row_far_down_is_opened_by_its_anchor(page: Page, address: str, many: Path) -> None:
    page.goto(f"{address}registers/{many.name}/#99.9.0-A-19999")
    expect(page.locator("[id='99.9.0-A-19999']")).to_be_focused()
    expect(page.locator(ROWS)).to_have_count(101)


def test_rows_that_cannot_be_loaded_are_said_to_be(browser: Browser, address: str, many: Path) -> None:
    page = browser.new_page()
    page.route("**/rows-1.json", lambda route: route.abort())
    page.goto(f"{address}registers/{many.name}/")
    count(page, "The rows could not be loaded. The CSV has them all.")
    assert page.locator(ROWS).count() >= 5
    page.close()


# Answers of old releases

_STATES = (("done", "Met"), ("claimed", "Met as stated"), ("missing", "Failed"))


def answered(_: Assessment) -> Iterator[Row]:
    """Two controls, each answered by twelve releases, of which a row names the newest six."""
    versions = [f"1.{number}.0" for number in range(12, 0, -1)]
    for name in ("6.3.3", "6.5.1"):
        found = [
            cell.Cell(
                kind="answer",
                text=f"{version} {word}",
                of=cell.status(mark, word),
                value=version,
                href=f"releases/{version}/compliance/#pci-dss-{name}",
            )
            for number, version in enumerate(versions)
            for mark, word in [_STATES[number % 3]]
        ]
        yield Row(
            id=name,
            cells={
                "control": cell.mono(name),
                "answers": cell.several(found),
                "release": cell.several(cell.version(version) for version in versions),
            },
        )


@pytest.fixture(scope="module")
def answers(site: Path) -> Iterator[Path]:
    """The folder of a register of answers, written into the portal for the tests of this file."""
    register = replace(
        SYNTHETIC,
        name="synthetic-answers",
        noun="control",
        rows=answered,
        tally="release",
        groups=("release",),
        overdue="",
        columns=(
            Column(key="control", title="Control"),
            Column(key="answers", title="Answers"),
            Column(key="release", title="Release", hidden=True, facet=True, newest=True),
        ),
    )
    assessment = assess(ROOT, settings.read(ROOT / "mkdocs.yml"), AS_OF)
    made = register_page(fill(register, assessment), assessment)
    ((_, html),) = MaterialShell.from_config_file(ROOT / "mkdocs.yml", AS_OF, [made]).portal()
    folder = site / made.uri
    folder.mkdir()
    for name, text in (("index.html", html), *made.files):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("version", "word"), [("1.2.0", "Met as stated"), ("1.3.0", "Met"), ("1.1.0", "Failed")]
)
def test_who_asks_for_an_old_release_sees_its_answer(
    page: Page, address: str, answers: Path, version: str, word: str
) -> None:
    page.goto(f"{address}registers/{answers.name}/?release={version}")

    for row in page.locator(ROWS).all():
        added = row.locator("[data-rp-answered]")
        expect(added).to_have_text(f"{version} {word}")
        expect(added.get_by_role("link")).to_have_attribute(
            "href", re.compile(rf"\.\./releases/{re.escape(version)}/compliance/#pci-dss-6\.\d\.\d$")
        )
        expect(row.locator("[data-rp-answers]")).to_have_text("and 6 more")
    field(page, "release").select_option("1.12.0")  # named in the row already
    expect(page.locator("[data-rp-answered]")).to_have_count(0)


def test_without_scripts_every_row_can_be_reached(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}registers/signoffs/")
    assert page.locator(ROWS).count() < 10

    page.get_by_role("link", name=re.compile("All 5[0-9] rows")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign-offs: all rows")
    assert page.locator(".rp-register tbody tr").count() > 50
    page.get_by_role("link", name="Release scope").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign-offs")
    context.close()
