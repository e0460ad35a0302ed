"""Finding things in a real browser: by id, by words, by filter, by keyboard; and what it costs to ask."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from release_portal import settings
from release_portal.assess import assess
from release_portal.exports import ids
from release_portal.search import _bundles, write
from release_portal.units import Units
from tests.browser.test_accessibility import AXE, JUDGE, STANDARD
from tests.conftest import ROOT

OF_OURS = JUDGE.replace("(document,", '({ include: ["dialog[open]", ".md-header"] },')

# Of each record type of the sample: words that only it has, the page that shows them, and the section.
PHRASES = {
    "scope": ("escrow account only on an instruction", "releases/2.4.0/changes/", "scope"),
    "changes": ("payout limits for each partner, with a platform cap", "releases/2.4.0/changes/", "changes"),
    "cab-minutes": ("policy, by one author, for as long as the search takes", "releases/2.4.1/changes/", "cab-minutes"),
    "risk-assessment": ("stolen partner account", "releases/2.4.0/compliance/", "risk-assessment"),
    "checklist": ("webhook bodies for 30 days", "releases/2.4.0/compliance/", "checklist-gdpr"),
    "exceptions": ("units leave service by the end of 2028", "releases/2.4.0/compliance/", "exceptions"),
    "code-review": ("four rounds in nine days", "releases/2.4.0/development/", "code-review"),
    "scans": ("sandbox tool is not part of the image", "releases/2.4.0/development/", "scans"),
    "threat-model": ("forged callback reports a payout as settled", "releases/2.4.0/development/", "threat-model"),
    "test-summary": ("skipped case runs at night only", "releases/2.4.0/testing/", "test-summary"),
    "access-log": ("member of the deployer group", "releases/2.4.0/testing/", "access-log"),
    "rollback-rehearsal": ("60 instant payouts a minute from the rail simulator", "releases/2.4.0/testing/", "rollback-rehearsal"),
    "release-notes": ("fees in INR are rounded half to even", "releases/2.4.0/notes/", ""),
    "release-notes-internal": ("until Finance raises it in writing", "releases/2.4.0/notes/internal/", ""),
    "documentation": ("security of payouts, overview for partners", "releases/2.4.0/runbooks/", "documentation"),
    "runbook": ("tell compliance at 20 minutes", "releases/2.4.0/runbooks/rail-failover/", ""),
    # In quotes: its words are so common that, unquoted, five other pages stand before it.
    "release-package": ('"thirteen sign-offs of phases 1 to 5"', "releases/2.4.0/deployment/", "release-package"),
    "go-no-go": ("wants the operator's desk called first", "releases/2.4.1/deployment/", "go-no-go"),
    "deployment-plan": ("one worker of eight on 2.4.0", "releases/2.4.0/deployment/", "steps"),
    "deployments": ("twelve of twelve health checks", "releases/2.4.0/deployment/", "deployments"),
    "dashboards": ("payout security, refused and unusual", "releases/2.4.0/deployment/", "dashboards"),
    "health": ("payout API availability", "releases/2.4.0/monitoring/", "health"),
    "audit-package": ("event log of the pipeline, of the HSM gateway", "releases/2.4.0/monitoring/", "audit-package"),
    "incident": ("showed the cause with two calls of one payout", "releases/2.4.1/monitoring/", "inc-88"),
    "notice": ("61 partners in the first week", "releases/2.4.0/notifications/", "notice"),
    "send-log": ("partner banking telephoned the three partners", "releases/2.4.0/notifications/", "send-log"),
    "retrospective": ("37 questions in the first week", "releases/2.4.0/retrospective/", "retrospective"),
    "process-change": ("written weeks later are written from memory", "releases/2.4.0/retrospective/", "process-change"),
    "actions": ("HSM firmware upgrade, agreed with the vendor", "releases/2.4.0/retrospective/", "actions"),
    "references": ("section 4 separates authors, approvers and deployers", "releases/2.4.0/evidence/", "references"),
    "release": ("partners in India can pay out within a minute", "releases/2.4.0/", ""),
}  # fmt: skip


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search")


def status(page: Page) -> Locator:
    return page.locator(".rp-search__status")


def select(page: Page, name: str) -> Locator:
    return page.locator(f".rp-search select[name={name}]")


def ask(page: Page, text: str) -> None:
    """Type a text and wait for its answer."""
    turn = page.evaluate("window.turn = (window.turn ?? 0) + 1")
    field(page).fill("")
    expect(status(page)).to_have_text("")
    field(page).fill(text)
    expect(status(page)).not_to_have_text("")
    expect(status(page)).not_to_have_text("Searching")
    assert page.evaluate("window.turn") == turn


def links(page: Page) -> list[str]:
    return [link.get_attribute("href") or "" for link in page.locator(".rp-search__found a").all()]


@pytest.fixture
def search(page: Page, address: str) -> Page:
    """The page of a release with the search open."""
    page.goto(f"{address}releases/2.4.0/compliance/")
    page.get_by_role("button", name="Search").click()
    expect(field(page)).to_be_focused()
    return page


def test_the_words_are_the_records_own_and_no_type_is_left_out(site: Path) -> None:
    manifest = json.loads((site / "search/manifest.json").read_text(encoding="utf-8"))
    assert PHRASES.keys() >= {one["name"] for one in manifest["types"]}

    records = [path.read_text(encoding="utf-8") for path in (ROOT / "releases").glob("2.4.[01]/**/*.[ym]*")]
    said = " ".join(" ".join(records).split()).casefold()
    assert [phrase for phrase, _, _ in PHRASES.values() if phrase.strip('"').casefold() not in said] == []


def test_words_of_every_record_type_are_found(search: Page, address: str) -> None:
    lost = {}
    for name, (phrase, uri, section) in PHRASES.items():
        ask(search, phrase)
        found = [link.removeprefix(address).removeprefix("/") for link in links(search)]
        wanted = f"{uri}#{section}" if section else uri
        if not any(link.startswith(wanted) for link in found):
            lost[name] = found[:4]
    assert lost == {}, json.dumps(lost, indent=1)


@pytest.mark.parametrize("typed", ["PAY-201", "pay-201 "])
def test_an_id_stands_first_and_says_what_it_is(search: Page, address: str, typed: str) -> None:
    ask(search, typed)

    first = search.locator(".rp-search__found a").first
    expect(first.locator(".rp-hit__title")).to_have_text("PAY-201 · change in 2.4.0")
    assert first.get_attribute("href") == f"{address}releases/2.4.0/changes/#PAY-201"
    expect(status(search)).to_have_text("1 place by id, 10 pages")

    field(search).press("Enter")
    search.wait_for_url("**/releases/2.4.0/changes/#PAY-201")


def test_a_commit_is_found_by_seven_digits_and_not_by_six(search: Page) -> None:
    ask(search, "31e33a8")
    expect(search.locator(".rp-hit--id").first).to_contain_text("31e33a8b0bff · commit")
    ask(search, "31e33a")
    expect(search.locator(".rp-hit--id")).to_have_count(0)


def test_browser_and_generator_agree_on_where_an_id_is(search: Page) -> None:
    typed = [
        "PAY-201",
        " Pay-201",
        "Meera  Iyer",
        "Art. 5(1)(c)",
        "31E33A8B0BFF47DB",
        "Ünïcode",
        "\uff12.4.0",
    ]
    script = """async texts => {
      const { keyOf, shard } = await import("/assets/javascripts/search-ids.js");
      return texts.map(text => [keyOf(text), shard(keyOf(text), 1024)]);
    }"""
    expected = [[ids.key_of(text), ids.shard(ids.key_of(text), 1024)] for text in typed]
    assert search.evaluate(script, typed) == expected


def test_browser_finds_the_file_of_every_id(search: Page, site: Path) -> None:
    folder = site / "search/ids"
    starts = json.loads((folder / "index.json").read_text("utf-8"))["starts"]
    keys = {
        key: number
        for number in range(len(starts))
        for key in json.loads((folder / f"from-{number}.json").read_text("utf-8"))
    }
    script = """async ([keys, starts]) => {
      const { fileOf } = await import("/assets/javascripts/search-ids.js");
      return keys.map(key => fileOf(key, starts));
    }"""
    assert len(starts) > 4
    assert search.evaluate(script, [list(keys), starts]) == list(keys.values())


@pytest.mark.parametrize(
    ("typed", "first", "rest"),
    [
        ("EX", "EX-7 · exception in 2.4.0", {"EX-9"}),
        ("pay-2", "PAY-201 · change in 2.4.0", {"PAY-204", "PAY-231", "PAY-240"}),
        ("cc6", "CC6.1 · ", {"CC6.6", "CC6.7"}),
        ("2.4", "2.4.0 · release", {"2.4.1"}),
    ],
)
def test_the_beginning_of_an_id_lists_those_that_begin_so(
    search: Page, typed: str, first: str, rest: set[str]
) -> None:
    ask(search, typed)

    listed = search.get_by_label("Ids that begin so").locator(".rp-hit__title")
    expect(listed.first).to_contain_text(first)
    names = {one.split(" · ")[0] for one in listed.all_inner_texts()}
    assert names >= rest
    assert all(name.lower().startswith(typed.lower()) for name in names)
    expect(status(search)).to_contain_text("begin so")


def test_more_ids_than_can_be_shown_are_said_to_be_there(search: Page) -> None:
    ask(search, "Art")
    listed = search.get_by_label("Ids that begin so")
    expect(listed.locator("a")).to_have_count(8)
    expect(status(search)).to_contain_text("More than 8 ids begin so")
    expect(listed).to_contain_text("Type on to see them.")

    ask(search, "PAY-24")
    expect(listed.locator("a")).to_have_count(1)
    expect(status(search)).to_contain_text("1 id begins so")


@pytest.mark.parametrize("word", ["rollback", "roll back", "runbook", "runbooks", "pager", "on-call"])
def test_who_is_on_call_finds_runbooks_and_the_way_back_first(search: Page, word: str) -> None:
    ask(search, word)

    pages = search.get_by_label("Pages").locator(".rp-hit--page")
    found = [link.get_attribute("href") or "" for link in pages.all()]
    assert len(found) == 5
    assert "/runbooks/" in found[0]
    assert sum("/runbooks/" in link for link in found) >= 3
    if word not in ("pager", "on-call"):
        assert found[0] == "/runbooks/"
    lists = search.locator(".rp-search__found > ol")
    expect(lists.first).to_have_attribute(
        "aria-label", "Pages"
    )  # the page of the record type comes after them


def test_rules_and_record_types_are_asked_last(search: Page) -> None:
    ask(search, "rollback")
    assert not [link for link in links(search) if link.startswith(("/rules/", "/records/"))]
    search.get_by_role("button", name="Search rules and record types").click()
    expect(search.get_by_role("button", name="rules and record types")).to_have_count(0)
    while (more := search.get_by_role("button", name=re.compile("Show [0-9]+ more"))).count():
        shown = search.locator(".rp-hits__page").count()
        more.click()
        expect(search.locator(".rp-hits__page").nth(shown)).to_be_visible()
    assert {"/rules/failed-rehearsal/", "/records/rollback-rehearsal/"} <= set(links(search))


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_the_keyboard_alone_is_enough(page: Page, address: str, key: str) -> None:
    page.goto(f"{address}releases/2.4.0/compliance/")
    page.keyboard.press(key)
    expect(field(page)).to_be_focused()
    ask(page, "payout queue")

    shown = page.locator(".rp-search__found a")
    page.keyboard.press("ArrowDown")
    expect(shown.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(shown.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.type("n")  # which turns the page where no search is open
    expect(field(page)).to_be_focused()
    assert page.url.endswith("/compliance/")

    for _ in range(40):  # never out of the dialog
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement || document.activeElement === document.body || "
                             "document.querySelector('dialog[open]').contains(document.activeElement)")  # fmt: skip
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_slash_that_is_written_opens_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}registers/actions/")
    page.locator("form[role=search] [name=find]").press("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("form[role=search] [name=find]")).to_have_value("/")


def test_a_result_on_this_very_page_closes_the_search(search: Page) -> None:
    ask(search, "EX-7")
    search.locator(".rp-hit--id").first.click()
    expect(search.get_by_role("dialog")).to_have_count(0)
    assert search.url.endswith("/releases/2.4.0/compliance/#EX-7")


def test_filters_leave_what_they_say(search: Page, address: str) -> None:
    ask(search, "payout")
    everything = links(search)
    assert not all("/releases/2.4.0/" in link for link in everything)

    select(search, "release").select_option("2.4.0")
    expect(status(search)).to_have_text("16 pages")
    assert all("/releases/2.4.0/" in link for link in links(search))

    select(search, "phase").select_option("3")
    expect(select(search, "type").locator("option")).to_have_text(
        ["All records", "Code review", "Exceptions", "Security scans", "Threat model"]
    )
    select(search, "type").select_option("threat-model")
    expect(status(search)).to_have_text("1 page")
    assert {link.partition("#")[2] for link in links(search)} == {"", "threat-model-payout-rail"}

    select(search, "phase").select_option("10")
    expect(select(search, "type")).to_have_value("")
    expect(status(search)).to_have_text("1 page")
    assert all("/retrospective/" in link for link in links(search))


def test_of_pages_that_match_alike_the_newest_release_comes_first(search: Page) -> None:
    ask(search, "payout queue stuck")
    found = [link.split("/runbooks/")[0] for link in links(search) if link.endswith("/payout-queue-stuck/")]
    versions = [link.rsplit("/", 1)[1] for link in found if "/releases/" in link]
    assert len(versions) > 1
    assert versions == sorted(versions, reverse=True)


@pytest.fixture
def in_bundles_of_two(page: Page, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The same pages, indexed as if two releases were many: what is asked for in /search/ comes from here."""
    monkeypatch.setattr(_bundles, "SIZE", 2)
    copy = shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("search", "assets"))
    with Units.of(tmp_path / "kept") as units:
        write(assess(ROOT, settings.read(ROOT / "mkdocs.yml")), copy, units, full_text=True)
    script = (site / "assets/javascripts/search-text.js").read_text(encoding="utf-8")
    few = re.sub("const FIRST = [0-9]+;", "const FIRST = 1;", script)
    assert few != script

    def answer(route: Route) -> None:
        path = copy / urlsplit(route.request.url).path.removeprefix("/")
        kinds = {".json": "application/json", ".js": "text/javascript"}
        route.fulfill(body=path.read_bytes(), content_type=kinds.get(path.suffix, "application/octet-stream"))

    page.route(re.compile("/search/(?!ids/)"), answer)
    page.route("**/search-text.js", lambda route: route.fulfill(body=few, content_type="text/javascript"))
    return page


def test_older_releases_are_asked_when_wanted(in_bundles_of_two: Page, address: str) -> None:
    page = in_bundles_of_two
    page.goto(address)
    page.keyboard.press("/")
    ask(page, "webhook bodies")
    expect(page.get_by_text("Nothing has “webhook bodies”.")).to_be_visible()

    page.get_by_role("button", name="Search 2 older releases").click()
    expect(page.locator(".rp-hits__page").first).to_contain_text("webhook bodies for 30 days")
    expect(page.get_by_role("button", name="older")).to_have_count(0)

    ask(page, "payout")
    expect(status(page)).to_contain_text("pages in the newest 2 releases")


def test_a_release_that_is_chosen_is_asked_however_old(in_bundles_of_two: Page, address: str) -> None:
    page = in_bundles_of_two
    page.goto(address)
    page.keyboard.press("/")
    select(page, "release").select_option("2.4.1")
    ask(page, "payout queue")
    found = links(page)
    assert found
    assert all("/releases/2.4.1/" in link for link in found)


def test_nothing_found_says_what_to_try(search: Page) -> None:
    select(search, "release").select_option("2.6.0")
    ask(search, "webhook bodies")
    expect(search.get_by_text("Nothing has “webhook bodies”.")).to_be_visible()

    search.get_by_role("button", name="Search without the filter").click()
    expect(status(search)).to_contain_text("page")
    expect(select(search, "release")).to_have_value("")


def test_more_pages_are_shown_when_asked_for(search: Page) -> None:
    ask(search, "payout")
    shown = search.locator(".rp-hits__page")
    expect(shown).to_have_count(5)
    search.get_by_role("button", name="Show 5 more").press("Enter")
    expect(shown).to_have_count(10)
    expect(shown.nth(5).locator("a").first).to_be_focused()


def test_markup_in_a_record_stays_text(search: Page) -> None:
    ask(search, "disclosures kind pricing statement")
    assert search.locator(".rp-hit__text :not(mark)").count() == 0


def test_the_first_query_loads_three_hundred_kilobytes_at_most(search: Page) -> None:
    ask(search, "second approver of payouts")

    sizes = search.evaluate(
        """Object.fromEntries(performance.getEntriesByType("resource")
          .filter(one => one.name.includes("search")).map(one => [one.name, one.encodedBodySize]))"""
    )
    assert any("wasm" in url for url in sizes)
    assert 100_000 < sum(sizes.values()) <= 295_000
    assert max(size for url, size in sizes.items() if "/ids/" in url) <= 20_000


def test_on_a_phone_it_takes_the_screen_and_folds_its_filters(search: Page) -> None:
    search.set_viewport_size({"width": 390, "height": 844})
    ask(search, "payout queue")

    box = search.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    expect(select(search, "phase")).to_be_hidden()
    search.get_by_role("button", name="Filter").click()
    select(search, "phase").select_option("5")
    expect(search.get_by_role("button", name="Filter: 1 set")).to_be_visible()
    assert not search.evaluate(
        "[...document.querySelectorAll('.rp-search *')].some(one => one.getBoundingClientRect().right > 391)"
    )
    search.get_by_role("button", name="Close").click()
    expect(search.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_search_and_picker_have_no_barrier(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(f"{address}releases/2.4.0/compliance/")
    page.evaluate(AXE)
    page.keyboard.press("/")
    ask(page, "PAY-201")
    faults = page.evaluate(OF_OURS, STANDARD)
    page.keyboard.press("Escape")
    page.locator(".rp-picker").click()
    expect(page.get_by_role("listbox")).to_be_visible()
    faults += page.evaluate(OF_OURS, STANDARD)
    context.close()
    assert faults == []


def test_without_an_index_ids_are_found_all_the_same(page: Page, address: str, site: Path) -> None:
    bare = json.dumps({"bundles": [], "phases": [], "types": []})
    page.route(
        "**/search/manifest.json", lambda route: route.fulfill(body=bare, content_type="application/json")
    )
    page.goto(address)
    page.keyboard.press("/")
    ask(page, "PAY-201")
    expect(page.locator(".rp-hit--id")).to_have_count(1)
    ask(page, "payout queue")
    expect(page.get_by_text("The pages of this portal are not indexed.")).to_be_visible()
    expect(select(page, "phase")).to_have_count(0)
