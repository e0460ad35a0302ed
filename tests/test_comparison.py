"""What changed from release to release: values of the sample checked by hand, and what hostile or missing records make."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from release_portal import book
from release_portal.assess import Assessment, assess
from release_portal.pages import comparison
from release_portal.pages._carried import carried
from release_portal.pages._neighbours import after, before
from release_portal.pages._page import Page
from release_portal.pages.comparison._difference import Difference, difference
from release_portal.pages.comparison._page import differences, sections
from release_portal.pages.comparison._section import Fact, Group, Section
from release_portal.pages.comparison.deployment import spell
from release_portal.registry import collect
from release_portal.settings import read
from tests.conftest import ROOT

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'
TRUST = "SOC 2, Trust Services Criteria 2017 (points of focus 2022)"
Said = tuple[str, str, str, str]


def judge(root: Path) -> Assessment:
    return assess(root, read(root / "mkdocs.yml"), AS_OF)


@pytest.fixture(scope="module")
def sample_portal() -> Assessment:
    """The sample at the repository's root, which nothing here writes to."""
    return judge(ROOT)


def compare(assessment: Assessment, older: str, newer: str) -> dict[str, Difference]:
    first, second = assessment.portal.release(older), assessment.portal.release(newer)
    assert first is not None
    assert second is not None
    return {one.section.name: one for one in differences(assessment.portal, first, second)}


def said(one: Difference) -> list[Said]:
    """The rows of a section, as (word, id or label, before, after)."""
    return [
        (row.word, ", ".join(fact.mark or fact.label for fact in row.facts), row.before, row.after)
        for group in one.groups
        for row in group.rows
    ]


def only(one: Difference) -> list[tuple[str, str, int]]:
    """The groups that one of the two lacks."""
    return [(group.title, group.only, group.size) for group in one.groups if group.only]


def page_of(assessment: Assessment, version: str) -> Page:
    release = assessment.portal.release(version)
    assert release is not None
    uri = f"releases/{version}/changes-since/"
    return next(page for page in book.release_pages(assessment, release) if page.uri == uri)


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- The sample, by hand ---


def test_changes_come_by_kind_with_their_risk(sample_portal: Assessment) -> None:
    found = compare(sample_portal, "2.4.1", "2.5.0")["changes"]

    assert [(group.title, group.count) for group in found.groups] == [
        ("Feature", 2),
        ("Fix", 1),
        ("Migration", 1),
    ]
    assert said(found) == [
        ("", "CON-12", "", "Medium"),
        ("", "CON-15", "", "Medium"),
        ("", "PAY-240", "", "Low"),
        ("", "PLT-140", "", "Medium"),
    ]


def test_a_hotfix_against_the_release_that_it_mends(sample_portal: Assessment) -> None:
    found = compare(sample_portal, "2.4.0", "2.4.1")

    assert said(found["changes"]) == [("", "PAY-231", "", "High"), ("", "PAY-232", "", "Medium")]
    assert said(found["process"]) == [
        ("Changed", "Version of the process", "1.0", "1.1"),
        ("Changed", "Type", "Standard", "Hotfix"),
    ]
    assert said(found["roles"]) == [("Other person", "Deployer", "Yuki Tanaka", "Farid Haddad")]
    assert said(found["deployment"]) == [
        ("Other duration", "ap-south-1", "26 min", "16 min"),
        ("Other duration", "eu-west-1", "24 min", "14 min"),
        ("Other duration", "First start to last end", "1 h 39 min", "32 min"),
    ]
    assert said(found["runbooks"]) == [
        ("Newer version", "Payout queue stuck", "From 2.4.0", "From 2.4.1"),
        ("Newer version", "Rail failover", "From 2.4.0", "From 2.4.1"),
        ("New", "Pause a rail", "", "From 2.4.1"),
    ]


def test_controls_differ_by_framework(sample_portal: Assessment) -> None:
    found = compare(sample_portal, "2.4.0", "2.4.1")["controls"]

    assert only(found) == [("GDPR", "before", 10), (TRUST, "before", 10)]
    by_title = {group.title: group for group in found.groups}
    card = by_title["PCI DSS 4.0.1, controls that the hotfix touches"]
    assert [(row.word, [fact.key for fact in row.facts], row.before, row.after) for row in card.rows] == [
        ("Other answer", ["6.3.3"], "Failed (EX-7)", "Not applicable"),
        ("Other answer", ["6.5.2"], "Met as stated", "Not applicable"),
        ("Newly asked", ["6.5.1", "7.2.5"], "", "Met as stated"),
        ("Not asked", ["1.2.4", "3.6.1", "6.5.3", "8.4.2", "11.3.1.3"], "Met as stated", ""),
        ("Not asked", ["6.5.5"], "Not applicable", ""),
    ]
    assert card.count == 10


def test_met_is_said_only_where_its_evidence_is_here(sample_portal: Assessment) -> None:
    """Of all the controls of 2.4.1 that are met, one has its evidence in the repository."""
    release = sample_portal.portal.release("2.4.1")
    assert release is not None
    (section_,) = (one for one in sections() if one.name == "controls")
    answers = {
        fact.key: fact.value
        for one in section_.groups(sample_portal.portal, release)
        for fact in one.facts
        if fact.value.startswith("Met")
    }

    assert [control for control, answer in answers.items() if answer == "Met"] == ["Escrow"]
    assert set(answers.values()) == {"Met", "Met as stated"}


def test_ids_of_risks_do_not_make_two_risks_one(sample_portal: Assessment) -> None:
    """Each release has an R-1 to R-6, and no two of them are the same risk."""
    found = compare(sample_portal, "2.4.1", "2.5.0")["risks"]

    assert [(word, mark) for word, mark, *_ in said(found)] == [
        *(("New", f"R-{number}") for number in range(1, 7)),
        *(("Gone", f"R-{number}") for number in range(1, 7)),
    ]
    assert said(found)[0] == ("New", "R-1", "", "Medium likelihood, high impact, low residual")


def test_an_exception_stays_in_later_releases(sample_portal: Assessment) -> None:
    """EX-7 of 2.4.0 runs until 2028: 2.4.1 has no exceptions of its own and ends none."""
    assert compare(sample_portal, "2.4.0", "2.4.1")["exceptions"].count == 0
    assert said(compare(sample_portal, "2.4.1", "2.5.0")["exceptions"]) == [
        ("New", "EX-9", "", "Accepted until 2028-06-30")
    ]


def test_who_approved_and_who_is_named(sample_portal: Assessment) -> None:
    found = compare(sample_portal, "2.4.1", "2.5.0")

    assert said(found["roles"])[0] == ("Other person", "Deployer", "Farid Haddad", "Yuki Tanaka")
    assert [row[0] for row in said(found["roles"])[1:]] == ["Newly named"] * 3
    assert ("No approval", "Product Owner", "Arjun Nair", "") in said(found["approvers"])
    assert all(before_ != after_ for _, _, before_, after_ in said(found["approvers"]))


def test_scope_is_read_from_its_text(sample_portal: Assessment) -> None:
    found = compare(sample_portal, "2.4.1", "2.5.0")

    assert said(found["scope"])[-1] == ("", "Both regions, ap-south-1 and eu-west-1.", "", "")
    assert said(found["scope"])[0][1].startswith("CON-12 Consent ledger: one entry for each grant")
    assert found["left-out"].count == 7
    assert ("No longer listed", "New versions of any dependency.", "Left out", "") in said(found["left-out"])


def test_what_a_release_has_not_recorded_is_not_gone(sample_portal: Assessment) -> None:
    """2.6.0 is in planning: nobody has assessed its risks, and the six of 2.5.0 did not vanish."""
    found = compare(sample_portal, "2.5.0", "2.6.0")

    assert said(found["risks"]) == []
    assert only(found["risks"]) == [("", "before", 6)]
    assert only(found["deployment"]) == [("", "before", 3)]
    assert "2.6.0 has none on record, 2.5.0 has 6." in words(page_of(sample_portal, "2.6.0").html)


# --- Rules of the comparison ---


def section(*, adds: bool = False, brief: bool = False) -> Section:
    return Section(name="x", title="X", order=1, groups=lambda *_: (), adds=adds, brief=brief)


def group(**values: str) -> tuple[Group, ...]:
    return (Group("g", "G", tuple(Fact(key=key, label=key, value=value) for key, value in values.items())),)


def test_facts_are_matched_by_key_and_differ_by_value() -> None:
    found = difference(section(), group(a="1", b="1", c="1"), group(b="1", c="2", d="1"))

    assert said(found) == [("Changed", "c", "1", "2"), ("New", "d", "", "1"), ("Gone", "a", "1", "")]
    assert found.count == 3


def test_the_same_facts_in_another_order_are_no_difference() -> None:
    found = difference(section(), group(a="1", b="2"), group(b="2", a="1"))

    assert (found.count, found.groups, found.recorded) == (0, (), True)


def test_in_brief_alike_facts_share_a_row_and_still_count() -> None:
    found = difference(section(brief=True), group(), group(a="Met", b="Failed", c="Met"))

    assert said(found) == [("New", "a, c", "", "Met"), ("New", "b", "", "Failed")]
    assert found.count == 3


def test_nothing_on_record_in_either_is_not_the_same() -> None:
    assert not difference(section(), (), ()).recorded
    assert not difference(section(adds=True), group(a="1"), ()).recorded
    assert difference(section(adds=True), (), group(a="1")).count == 1


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(20, "under 1 min"), (60, "1 min"), (3_600, "1 h"), (5_940, "1 h 39 min"), (90_000, "25 h")],
)
def test_spans_are_spelt_in_hours_and_minutes(seconds: int, text: str) -> None:
    assert spell(timedelta(seconds=seconds)) == text


# --- The release before ---


def test_a_withdrawn_release_is_passed_over(sample: Path) -> None:
    withdraw(sample, "2.4.1")
    portal = judge(sample).portal
    named = {one.version: one for one in portal.releases}

    assert before(portal, named["2.5.0"]) is named["2.4.0"]
    assert after(portal, named["2.4.0"]) is named["2.5.0"]
    assert before(portal, named["2.4.1"]) is named["2.4.0"]
    assert list(carried(portal, named["2.5.0"])) == [
        *("consent-ledger-lag", "payout-queue-stuck"),
        *("ledger-partitions", "rail-failover"),
    ]
    assert before(portal, named["2.4.0"]) is None
    assert after(portal, named["2.6.0"]) is None


def test_an_exception_of_a_withdrawn_release_does_not_stay(sample: Path) -> None:
    withdraw(sample, "2.4.0")
    assessment = judge(sample)
    section_ = next(one for one in sections() if one.name == "exceptions")

    held = {
        version: [fact.key for found in section_.groups(assessment.portal, release) for fact in found.facts]
        for version in ("2.4.0", "2.4.1", "2.5.0")
        if (release := assessment.portal.release(version))
    }
    assert held == {"2.4.0": ["EX-7"], "2.4.1": [], "2.5.0": ["EX-9"]}


def withdraw(root: Path, version: str) -> None:
    path = root / f"releases/{version}/release.yaml"
    edit(path, "phase: closed", "phase: withdrawn")
    stated = "withdrawn:\n  at: 2026-08-22T10:00:00+05:30\n  by: meera.iyer\n  reason: Superseded.\n"
    path.write_text(path.read_text(encoding="utf-8") + stated, encoding="utf-8")


def test_a_risk_that_is_carried_over_word_for_word_tells_its_level(sample: Path) -> None:
    path = sample / "releases/2.5.0/02-compliance/risk-assessment.yaml"
    edit(
        path,
        "      A partner reads ledger entries of another partner's customers through the new read API, and learns who\n"
        "      consented to what.\n",
        "      Lists of the 37 payouts with names and accounts are passed\n"
        "      around among Finance, banks and partners.\n",
    )

    assert said(compare(judge(sample), "2.4.1", "2.5.0")["risks"])[0] == (
        "Other level",
        "R-1",
        "Medium likelihood, medium impact, low residual",
        "Medium likelihood, high impact, low residual",
    )


def test_an_exception_that_ran_out_or_was_closed_says_so(sample: Path) -> None:
    path = sample / "releases/2.4.0/03-development/exceptions.yaml"
    edit(path, "expires: 2028-12-31", "expires: 2026-09-30")
    expired = ("Ended", "EX-7", "Accepted until 2026-09-30", "")
    assert expired in said(compare(judge(sample), "2.4.1", "2.5.0")["exceptions"])

    edit(path, "state: accepted", "state: closed")
    assert [row[1] for row in said(compare(judge(sample), "2.4.1", "2.5.0")["exceptions"])] == ["EX-9"]


# --- Pages and files ---


def test_each_release_has_a_page_also_the_first(sample_portal: Assessment) -> None:
    assert page_of(sample_portal, "2.5.0").title == "What changed since 2.4.1: 2.5.0 Consent ledger"
    assert "No release came before it" in page_of(sample_portal, "2.4.0").html


def test_the_page_leads_to_the_things_themselves(sample_portal: Assessment) -> None:
    shown = page_of(sample_portal, "2.5.0").html

    for href in (
        "../changes/#CON-12",
        "../compliance/#R-1",
        "../compliance/#pci-dss-6.5.2",
        "../compliance/#EX-9",
        "../runbooks/payout-queue-stuck/",
        "../../compare/?from=2.4.1&amp;to=2.5.0",
    ):
        assert f'href="{href}"' in shown, href


def test_the_facts_beside_a_release_have_every_section(sample_portal: Assessment) -> None:
    found = json.loads(dict(page_of(sample_portal, "2.5.0").files)["facts.json"])

    assert list(found["sections"]) == [one.name for one in sections()]
    assert len(sections()) == len(collect(comparison, "SECTION", Section)) == 11
    assert found["sections"]["changes"][0]["facts"][0] == {
        "key": "CON-12",
        "mark": "CON-12",
        "label": "Consent ledger for account-aggregator data",
        "value": "Medium",
        "href": "releases/2.5.0/changes/#CON-12",
    }


def test_keys_are_unique_within_a_group(sample_portal: Assessment) -> None:
    for release in sample_portal.portal.releases:
        for one in sections():
            for found in one.groups(sample_portal.portal, release):
                keys = [fact.key for fact in found.facts]
                assert len(set(keys)) == len(keys), (release.version, one.name)


def test_text_of_records_is_text(sample: Path) -> None:
    edit(
        sample / "releases/2.5.0/01-planning/changes.yaml",
        "title: Consent ledger for",
        f"title: '{HOSTILE}' #",
    )
    edit(sample / "releases/2.5.0/01-planning/scope.md", "- **CON-12**", f"- {HOSTILE} **CON-12**")

    shown = page_of(judge(sample), "2.5.0").html

    assert "<script>alert" not in shown
    assert "<img" not in shown
    assert shown.count("&lt;script&gt;alert(1)") == 2
