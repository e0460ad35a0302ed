"""Registers: what their rows say of the sample, of hostile, broken and missing records; page, JSON and CSV alike."""

import csv
import html
import io
import json
import posixpath
import re
import shutil
import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from release_portal import book
from release_portal.assess import Assessment, assess
from release_portal.pages import registers
from release_portal.pages._page import Page
from release_portal.pages.registers import _cell as cell
from release_portal.pages.registers._all import EACH, all_rows
from release_portal.pages.registers._index import fold
from release_portal.pages.registers._pages import page as register_page
from release_portal.pages.registers._register import Column, Register, Row, row_id
from release_portal.pages.registers._table import ROOM, SIZE, Filled, fill
from release_portal.registry import collect
from release_portal.settings import read
from tests.conftest import ROOT, Run, copy_sample

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
REGISTERS = collect(registers, "REGISTER", Register)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
ROW = re.compile(r"<tr id=.*?</tr>", re.DOTALL)
GREEN = ("rp-status--done", "rp-proof--commit", "rp-proof--signed")


def judge(root: Path) -> Assessment:
    return assess(root, read(root / "mkdocs.yml"), AS_OF)


def named(name: str) -> Register:
    return next(one for one in REGISTERS if one.name == name)


def filled(root: Path, name: str) -> tuple[Filled, Page]:
    assessment = judge(root)
    one = fill(named(name), assessment)
    return one, register_page(one, assessment)


def said(row: Row) -> dict[str, str]:
    """What a row says, by column."""
    return {key: one.text for key, one in row.cells.items() if one.text}


def file(page: Page, name: str) -> str:
    return dict(page.files)[name]


def table(page: Page, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file(page, f"{name}.csv"), newline="")))


def whole(page: Page) -> str:
    """The page's HTML, and that of rows which come from files."""
    files = [json.loads(text) for name, text in page.files if name.startswith("rows-")]
    return str(page.html) + "".join(row for part in files for row in part)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return judge(copy_sample(tmp_path_factory.mktemp("registers") / "sample"))


@pytest.fixture(scope="module")
def rows(assessment: Assessment) -> Mapping[str, tuple[Row, ...]]:
    return {one.name: fill(one, assessment).rows for one in REGISTERS}


@pytest.fixture(scope="module")
def pages(assessment: Assessment) -> Mapping[str, Page]:
    made = [*book.portal_pages(assessment)]
    for release in assessment.portal.releases:
        made += book.release_pages(assessment, release)
    return {page.uri: page for page in made}


def row(rows: Mapping[str, tuple[Row, ...]], name: str, id_: str) -> Row:
    (one,) = (one for one in rows[name] if one.id == id_)
    return one


# What the sample says


def test_actions_stand_with_the_most_urgent_first(rows: Mapping[str, tuple[Row, ...]]) -> None:
    assert [one.id for one in rows["actions"]][:2] == ["2.4.0-A-2", "2.4.1-A-5"]
    assert len(rows["actions"]) == 8
    first = said(rows["actions"][0])
    assert first | {"note": ""} == {
        "id": "A-2",
        "action": "Plan for the HSM firmware upgrade, agreed with the vendor, with dates for all four units",
        "owner": "Farid Haddad",
        "ticket": "IMP-32",
        "release": "2.4.0",
        "state": "Open",
        "due": "2026-10-31",
        "note": "",
    }
    assert str(rows["actions"][0].due) == "2026-10-31"


def test_an_action_that_is_done_is_never_overdue(rows: Mapping[str, tuple[Row, ...]]) -> None:
    done = row(rows, "actions", "2.4.1-A-2")
    assert (said(done)["state"], said(done)["done_on"], said(done)["due"]) == (
        "Done",
        "2026-09-09",
        "2026-09-11",
    )
    assert done.due is None


def test_every_sign_off_file_has_its_row(rows: Mapping[str, tuple[Row, ...]], assessment: Assessment) -> None:
    files = [one.record.path for release in assessment.portal.releases for one in release.signoffs]
    assert len(files) == len(rows["signoffs"]) == 58
    refused = row(rows, "signoffs", "2.6.0-scope-daniel.okafor")
    assert refused.tone == "error"
    assert said(refused)["role"] == "Information Security Owner"
    assert said(refused)["decision"] == "Reject"
    assert said(refused)["at"] == "2026-11-20T16:15:00Z"
    assert refused.cell("record").href == "releases/2.6.0/signoffs/#scope"


def test_the_highest_remaining_risk_stands_first(rows: Mapping[str, tuple[Row, ...]]) -> None:
    first = said(rows["risks"][0])
    assert rows["risks"][0].id == "2.4.0-R-2"
    assert (first["likelihood"], first["impact"], first["score"], first["residual"]) == (
        "Medium",
        "High",
        "6",
        "Medium",
    )
    assert (first["category"], first["treatment"], first["owner"]) == ("Financial", "Reduce", "Arjun Nair")
    assert [said(one)["residual"] for one in rows["risks"]] == ["Medium"] * 3 + ["Low"] * 16


def test_an_incident_tells_how_long_and_why(rows: Mapping[str, tuple[Row, ...]]) -> None:
    (one,) = rows["incidents"]
    told = said(one)
    assert (told["ticket"], told["severity"], told["release"]) == ("INC-88", "SEV2", "2.4.1")
    assert (told["started"], told["resolved"]) == ("2026-08-05T15:40:00Z", "2026-08-05T22:22:00Z")
    assert (told["duration"], told["detected_after"]) == ("6 h 42 min", "24 min")
    assert told["cause"].startswith("Why were payouts executed twice? The rail got two orders for one payout")
    assert told["regulator"] == "Yes"


def test_a_notice_tells_whether_it_arrived(rows: Mapping[str, tuple[Row, ...]]) -> None:
    assert len(rows["notifications"]) == 7
    partners = row(rows, "notifications", "2.4.1-affected-partners-20260806T1100")
    assert said(partners) == {
        "notice": "One of your payouts of 5 August was executed twice",
        "name": "affected-partners",
        "audience": "Customers",
        "channel": "Email",
        "recipients": "29",
        "delivered": "29",
        "delivery": "Delivered",
        "sent_at": "2026-08-06T05:30:00Z",
        "sent_by": "Grace Mwangi",
        "approved_by": "Kavita Rao",
        "release": "2.4.1",
    }


def test_a_control_tells_each_releases_answer_newest_first(rows: Mapping[str, tuple[Row, ...]]) -> None:
    patches = row(rows, "controls", "pci-dss-6.3.3")
    told = said(patches)
    assert told["answers"] == "2.5.0 Not applicable; 2.4.1 Not applicable; 2.4.0 Failed"
    assert (told["newest"], told["framework"]) == ("Not applicable", "PCI DSS 4.0.1")
    assert (told["evidence"], told["exceptions"], patches.tone) == ("1", "EX-7", "")
    excepted = row(rows, "controls", "rbi-ITG-13-b-")
    assert (said(excepted)["newest"], said(excepted)["exceptions"], excepted.tone) == (
        "Failed",
        "EX-9",
        "warning",
    )


def test_a_framework_is_one_group_under_its_newest_title(rows: Mapping[str, tuple[Row, ...]]) -> None:
    titles = [said(one)["framework"] for one in rows["controls"]]
    assert len(set(titles)) == 4
    assert titles == sorted(titles, key=[*dict.fromkeys(titles)].index)


def test_the_exception_that_ends_first_stands_first(rows: Mapping[str, tuple[Row, ...]]) -> None:
    assert [said(one)["id"] for one in rows["exceptions"]] == ["EX-9", "EX-7"]
    told = said(rows["exceptions"][1])
    assert (told["owner"], told["approver"], told["expires"]) == (
        "Farid Haddad",
        "Daniel Okafor",
        "2028-12-31",
    )
    assert (told["covers"], told["state"], told["approved_at"]) == (
        "6.3.3, R-4",
        "Accepted",
        "2026-06-17T08:40:00Z",
    )


def test_a_change_tells_who_wrote_and_who_reviewed(rows: Mapping[str, tuple[Row, ...]]) -> None:
    assert len(rows["changes"]) == 14
    told = said(row(rows, "changes", "2.5.0-CON-12"))
    assert (told["authors"], told["reviewers"]) == ("Priya Menon", "Tomas Novak; Liam Walsh")
    assert (told["kind"], told["risk"], told["regulatory"]) == ("Feature", "Medium", "Material")
    assert said(row(rows, "changes", "2.6.0-REP-5"))["reviewers"] == "No approval recorded"


def test_a_runbook_is_the_newest_with_the_older_ones(rows: Mapping[str, tuple[Row, ...]]) -> None:
    assert len(rows["runbooks"]) == 5
    stuck = row(rows, "runbooks", "payout-queue-stuck")
    assert (said(stuck)["release"], said(stuck)["older"]) == ("2.5.0", "2.4.1, 2.4.0")
    assert stuck.cell("runbook").href == "releases/2.5.0/runbooks/payout-queue-stuck/"
    assert [one.href for one in stuck.cell("older").items] == [
        f"releases/{version}/runbooks/payout-queue-stuck/" for version in ("2.4.1", "2.4.0")
    ]


def test_nothing_unverified_is_green(pages: Mapping[str, Page], assessment: Assessment) -> None:
    """The sample's portal asks git nothing, and copies evidence for one control and for sendings only."""
    assert assessment.portal.git.history is None
    for one in REGISTERS:
        green = [mark for mark in GREEN if mark in whole(pages[one.uri])]
        assert green == (["rp-status--done"] if one.name in {"controls", "notifications"} else []), one.name


# Pages


def test_the_list_names_every_register_with_its_number(
    pages: Mapping[str, Page], rows: Mapping[str, tuple[Row, ...]]
) -> None:
    listing = pages["registers/"].html
    for one in REGISTERS:
        line = listing.partition(f'<a href="{one.name}/">{one.title}</a>')[2].partition("</tr>")[0]
        assert f'class="rp-num">{len(rows[one.name])}</td>' in line
    assert '<a href="population/">Population of releases</a>' in listing
    assert '<a href="actions/?state=open">Open</a> 2' in listing


@pytest.mark.parametrize("name", [one.name for one in REGISTERS])
def test_page_and_csv_hold_every_row(
    name: str, pages: Mapping[str, Page], rows: Mapping[str, tuple[Row, ...]]
) -> None:
    page, expected = pages[f"registers/{name}/"], rows[name]
    listed = ROW.findall(page.html)
    files = [json.loads(text) for part, text in page.files if part.startswith("rows-")]
    held = [row for part in files for row in part] or listed
    assert held[: len(listed)] == listed
    assert re.findall(r'<tr id="([^"]+)"', "".join(held)) == [one.id for one in expected]
    columns = named(name).columns
    assert table(page, name) == [{one.key: each.cell(one.key).text for one in columns} for each in expected]
    assert json.loads(file(page, "ids.json")) == [one.id for one in expected]
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", page.html)


def test_every_link_of_a_register_leads_to_a_place_that_exists(pages: Mapping[str, Page]) -> None:
    links = 0
    for uri in ["registers/", *(one.uri for one in REGISTERS)]:
        for href in re.findall(r'href="([^"]+)"', whole(pages[uri])):
            path, _, fragment = html.unescape(href).partition("#")
            path = path.partition("?")[0]
            target = posixpath.normpath(posixpath.join(uri, path)) + "/"
            if path.endswith(".csv") or target == "./":
                continue
            if re.fullmatch(r"all-\d+\.html", path):
                assert path in dict(pages[uri].files)
                continue
            assert target in pages, (uri, href)
            assert not fragment or f'id="{fragment}"' in pages[target].html, (uri, href)
            links += 1
    assert links > 300


def test_a_link_of_the_list_is_a_filter_that_finds_what_it_says(pages: Mapping[str, Page]) -> None:
    checked = 0
    for name, key, value, number in re.findall(
        r'href="([a-z]+)/\?([a-z]+)=([^"]+)">[^<]+</a> (\d+)', pages["registers/"].html
    ):
        page = pages[f"registers/{name}/"]
        values = [one for one, _ in json.loads(file(page, "choices.json"))[key]]
        place = values.index(html.unescape(value).replace("%20", " ").replace("%2F", "/"))
        assert json.loads(file(page, "index.json"))["facets"][key].count(place) == int(number)
        checked += 1
    assert checked >= 20


# The index


def test_the_index_orders_as_the_columns_mean_it(pages: Mapping[str, Page]) -> None:
    page = pages["registers/actions/"]
    names = ("index", "choices", "ids", "text", "due", "rank-due")
    index, choices, ids, text, due, rank = (json.loads(file(page, f"{name}.json")) for name in names)
    by_due = [ids[at] for at in sorted(range(8), key=lambda at: rank[at])]
    assert (by_due[-1], due[0], due[2]) == ("2.4.1-A-5", "2026-10-31", "")
    assert index["newest"] == ["release"]
    assert {f"rank-{key}.json" for key in index["ordered"]} == {
        name for name, _ in page.files if name.startswith("rank-")
    }
    assert choices["owner"][index["facets"]["owner"][0]] == ["farid.haddad", "Farid Haddad"]
    assert "imp-32" in text[0]
    assert "farid.haddad" in text[0]


def test_versions_and_ids_sort_as_people_count(assessment: Assessment) -> None:
    ids = ["A-10", "A-2", "B-1", "A-1"]
    assert sorted(ids, key=cell.natural) == ["A-1", "A-2", "A-10", "B-1"]
    versions = [str(cell.release_of(one).key) for one in assessment.portal.releases]
    assert versions == sorted(versions, reverse=True)


def test_a_search_minds_neither_case_nor_accents() -> None:
    assert fold("Tomáš NOVÁK, Ærø") == "tomas novak, ærø"
    assert fold("plain ASCII") == "plain ascii"


# Many rows, and none


def synthetic(count: int) -> Register:
    def rows_of(_: Assessment) -> list[Row]:
        cells: dict[str, Any] = {"id": cell.mono("A-1"), "state": cell.status("progress", "Open")}
        return [Row(id="same", cells=cells) for _ in range(count)]

    return Register(
        name="synthetic",
        title="Synthetic",
        noun="row",
        lead="Rows.",
        empty="There is nothing to show, and nothing is due.",
        order=1,
        reads=(),
        rows=rows_of,
        tally="state",
        groups=("state",),
        columns=(Column(key="id", title="Id"), Column(key="state", title="State", facet=True)),
    )


def test_a_page_has_room_for_the_first_rows_and_the_files_hold_all(assessment: Assessment) -> None:
    page = register_page(fill(synthetic(2 * SIZE + 5), assessment), assessment)
    shown = ROW.findall(page.html)
    parts = [json.loads(text) for name, text in page.files if name.startswith("rows-")]

    assert sum(map(len, shown)) <= ROOM < sum(map(len, shown)) + len(shown[-1]) + 10
    assert f"The first {len(shown)} of 205 rows. The CSV has them all." in page.html
    assert [len(part) for part in parts] == [SIZE, SIZE, 5]
    assert parts[0][: len(shown)] == shown
    assert len(table(page, "synthetic")) == 2 * SIZE + 5


def test_rows_of_one_name_have_anchors_of_their_own(assessment: Assessment) -> None:
    assert [one.id for one in fill(synthetic(3), assessment).rows] == ["same", "same~2", "same~3"]


def test_a_register_of_nothing_says_what_is_so(assessment: Assessment) -> None:
    page = register_page(fill(synthetic(0), assessment), assessment)
    assert "No rows" in page.html
    assert "There is nothing to show, and nothing is due." in page.html
    assert "<form" not in page.html
    assert table(page, "synthetic") == []


def test_registers_of_a_portal_without_releases_are_empty(sample: Path) -> None:
    for folder in (sample / "releases").iterdir():
        folder.rename(sample / folder.name)
    empty = judge(sample)
    for one in REGISTERS:
        assert one.empty in html.unescape(register_page(fill(one, empty), empty).html)


# Hostile, broken and stale records


def test_hostile_text_is_text_in_page_json_and_csv(sample: Path) -> None:
    log = sample / "releases/2.4.0/10-retrospective/actions.yaml"
    edit(
        log,
        "title: Plan for the HSM firmware upgrade",
        f"title: '=HYPERLINK(1) {HOSTILE}'\n    note: '@SUM(1)' #",
    )
    edit(log, "    note: >-\n      The vendor offered", "    # >-\n    #  The vendor offered")
    text = log.read_text(encoding="utf-8")
    begin = text.index("    #  The vendor offered")
    end = text.index("    evidence:", begin)
    log.write_text(text[:begin] + text[end:], encoding="utf-8")
    one, page = filled(sample, "actions")
    many = Filled(one.register, one.rows * 20)
    files = register_page(many, judge(sample)).files

    for markup in (
        page.html,
        *(row for name, text in files if name.startswith("rows-") for row in json.loads(text)),
    ):
        assert "<script" not in markup
        assert "<img" not in markup
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in page.html
    assert HOSTILE.lower() in json.loads(file(page, "text.json"))[0]
    first = table(page, "actions")[0]
    assert first["action"].startswith("'=HYPERLINK(1) <script>")
    assert first["note"] == "'@SUM(1)"


def test_an_anchor_never_needs_escaping() -> None:
    assert row_id("rbi", 'ITG "13(b)" <x>') == "rbi-ITG-13-b-x-"


def test_a_record_with_errors_is_named_and_gives_no_rows(sample: Path) -> None:
    edit(sample / "releases/2.4.0/10-retrospective/actions.yaml", "state: open", "state: perhaps")
    one, page = filled(sample, "actions")
    assert {said(row)["release"] for row in one.rows} == {"2.4.1"}
    banner = page.html.partition('aria-label="Records not shown"')[2].partition("</aside>")[0]
    assert "1 record is not shown" in banner
    assert 'href="../../releases/2.4.0/"' in banner


def test_a_sign_off_that_went_stale_says_so(sample: Path) -> None:
    edit(sample / "releases/2.5.0/01-planning/scope.md", "---\n", "---\n# later\n")
    one, page = filled(sample, "signoffs")
    stale = [row for row in one.rows if said(row)["proof"] == "Stale"]
    assert {row.id for row in stale} >= {"2.5.0-scope-sofia.lindqvist", "2.5.0-scope-kavita.rao"}
    assert {row.tone for row in stale} == {"warning"}
    assert {said(row)["why"] for row in stale} == {"scope changed after it was signed"}
    assert "rp-proof--stale" in page.html


def test_with_history_a_sign_off_names_its_commit_and_what_made_it_stale(
    demo: tuple[Path, Run], tmp_path: Path
) -> None:
    portal = shutil.copytree(demo[0], tmp_path / "portal")
    edit(portal / "releases/2.5.0/01-planning/scope.md", "---\n", "---\n# later\n")
    who = [
        "-c",
        "user.name=Liam Walsh",
        "-c",
        "user.email=liam.walsh@dealsphere.example",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run(["git", *who, "commit", "-qam", "Touch up"], cwd=portal, check=True)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=portal, check=True, capture_output=True, text=True
    )
    one, page = filled(portal, "signoffs")

    told = {row.id: said(row) for row in one.rows}
    stale, signed = told["2.5.0-scope-kavita.rao"], told["2.5.0-changes-kavita.rao"]
    assert (stale["proof"], stale["why"]) == ("Stale", f"01-planning/scope.md changed in {head.stdout[:12]}")
    assert (signed["proof"], len(signed["commit"]), "why" in signed) == ("Signed", 40, False)
    assert stale["commit"] not in {signed["commit"], ""}
    assert f'data-rp-copy="{signed["commit"]}"' in whole(page)
    assert "rp-proof--signed" in page.html


def test_a_sign_off_that_cannot_be_read_is_counted(sample: Path) -> None:
    edit(
        sample / "releases/2.5.0/signoffs/scope/sofia.lindqvist.yaml", "decision: approve", "decision: maybe"
    )
    one, _ = filled(sample, "signoffs")
    assert len(one.rows) == 58
    (broken,) = (row for row in one.rows if row.id == "2.5.0-scope-sofia.lindqvist")
    assert (said(broken)["decision"], said(broken)["proof"], broken.tone) == (
        "Has errors",
        "Claimed",
        "error",
    )


def test_an_incident_without_a_report_is_missing(sample: Path) -> None:
    (sample / "releases/2.4.1/08-monitoring/incidents/inc-88.md").unlink()
    one, _ = filled(sample, "incidents")
    (row,) = one.rows
    assert (said(row)["ticket"], said(row)["severity"], row.tone) == ("inc-88", "Report missing", "error")


def test_a_notice_that_never_went_out_and_a_sending_without_a_notice(sample: Path) -> None:
    notices = sample / "releases/2.4.1/09-notification/notices"
    (notices / "affected-partners.md").rename(notices / "nobody-knows.md")
    one, _ = filled(sample, "notifications")
    found = {said(row)["name"]: row for row in one.rows}
    assert said(found["nobody-knows"])["delivery"] == "Not sent"
    assert said(found["affected-partners"])["delivery"] == "No such notice"
    assert (found["nobody-knows"].tone, found["affected-partners"].tone) == ("warning", "error")


def test_delivery_is_green_only_with_its_proof(sample: Path) -> None:
    (sample / "releases/2.4.1/evidence/delivery-status-page.txt").write_text("changed", encoding="utf-8")
    log = sample / "releases/2.4.1/09-notification/send-log.yaml"
    edit(log, 'delivered: "1"', 'delivered: "0"')
    one, _ = filled(sample, "notifications")
    states = {said(row)["name"]: (said(row)["delivery"], row.cell("delivery").of) for row in one.rows}
    assert states["status-duplicate-payouts"] == ("Delivered as stated", "claimed")
    assert states["rbi-incident-report"] == ("Partly delivered", "due")
    assert states["affected-partners"] == ("Delivered", "done")


def test_the_runbook_of_a_release_to_come_warns(sample: Path) -> None:
    source = sample / "releases/2.5.0/05-documentation/runbooks/payout-queue-stuck.md"
    target = sample / "releases/2.6.0/05-documentation/runbooks"
    target.mkdir(parents=True, exist_ok=True)
    (target / source.name).write_bytes(source.read_bytes())
    one, _ = filled(sample, "runbooks")
    (row,) = (row for row in one.rows if row.id == "payout-queue-stuck")
    assert (said(row)["release"], said(row)["ahead"], row.tone) == (
        "2.6.0",
        "Not in production yet",
        "warning",
    )
    assert said(row)["older"] == "2.5.0, 2.4.1, 2.4.0"


# Without scripts


def test_every_row_of_a_register_is_on_a_plain_page(pages: Mapping[str, Page]) -> None:
    """The page itself has room for a few; the link to the others is for those whose browser runs no scripts."""
    for one in REGISTERS:
        page = pages[one.uri]
        rows = sum(
            len(json.loads(text)) for name, text in page.files if re.fullmatch(r"rows-\d+\.json", name)
        )
        plain = [text for name, text in page.files if re.fullmatch(r"all-\d+\.html", name)]
        assert bool(plain) == bool(rows), one.name
        assert sum(len(ROW.findall(text)) for text in plain) == rows, one.name
        assert ("<noscript>" in page.html) == bool(rows), one.name
        assert all("<script" not in text for text in plain)


def test_plain_pages_lead_on_to_one_another() -> None:
    register = named("actions")
    rows = [Markup('<tr id="r{}"><th scope="row">A</th></tr>').format(n) for n in range(2 * EACH + 1)]

    made = dict(all_rows(register, rows, judge(ROOT).portal))

    assert list(made) == ["all-1.html", "all-2.html", "all-3.html"]
    assert [len(ROW.findall(text)) for text in made.values()] == [EACH, EACH, 1]
    assert [re.findall(r'rel="(?:prev|next)" href="([^"]+)"', text)[:2] for text in made.values()] == [
        ["all-2.html", "all-2.html"],
        ["all-1.html", "all-3.html"],
        ["all-2.html", "all-2.html"],
    ]
