"""Runbooks for production: which ones hold, in which version, and what is said where one cannot be shown."""

import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal.assess import Assessment, assess
from release_portal.pages import on_call, runbooks
from release_portal.pages._carried import carried, versions
from release_portal.pages._page import Page
from release_portal.pages._reach import reach
from release_portal.settings import read
from tests.conftest import ROOT

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
NEWEST = {
    "consent-ledger-lag": "2.5.0",
    "ledger-partitions": "2.4.0",
    "payout-queue-stuck": "2.5.0",
    "rail-failover": "2.4.1",
    "rail-pause": "2.4.1",
}


def judge(root: Path, as_of: datetime = AS_OF) -> Assessment:
    return assess(root, read(root / "mkdocs.yml"), as_of)


def shown(assessment: Assessment) -> Page:
    (page,) = on_call.build(assessment)
    return page


def index(page: Page) -> dict[str, object]:
    found: dict[str, object] = json.loads(dict(page.files)["index.json"])
    return found


def words(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def of(assessment: Assessment, version: str) -> dict[str, str]:
    release = assessment.portal.release(version)
    assert release is not None
    return {slug: one.release.version for slug, one in carried(assessment.portal, release).items()}


@pytest.fixture(scope="module")
def sample_portal() -> Assessment:
    """The sample at the repository's root, which nothing here writes to."""
    return judge(ROOT)


def test_runbooks_carry_forward_to_what_production_runs(sample_portal: Assessment) -> None:
    assert index(shown(sample_portal)) == {"production": "2.5.0", "runbooks": NEWEST, "ahead": ["2.6.0"]}


def test_each_release_has_those_that_held_then(sample_portal: Assessment) -> None:
    assert of(sample_portal, "2.4.0") == dict.fromkeys(
        ("ledger-partitions", "payout-queue-stuck", "rail-failover"), "2.4.0"
    )
    assert of(sample_portal, "2.4.1") == {
        "ledger-partitions": "2.4.0",
        "payout-queue-stuck": "2.4.1",
        "rail-failover": "2.4.1",
        "rail-pause": "2.4.1",
    }
    assert of(sample_portal, "2.6.0") == NEWEST


def test_before_a_deployment_the_older_ones_hold() -> None:
    """The day before 2.5.0 went to production, 2.4.1 ran, and its version of the runbook held."""
    page = shown(judge(ROOT, datetime(2026, 11, 22, 12, 0, tzinfo=UTC)))

    assert index(page)["production"] == "2.4.1"
    assert index(page)["ahead"] == ["2.6.0", "2.5.0"]
    assert "consent-ledger-lag" not in page.html


def test_the_way_back_comes_first(sample_portal: Assessment) -> None:
    text = words(shown(sample_portal).html)

    assert text.index("Hold the aggregators' notifications in the inbound queue") < text.index("Pause a rail")
    assert text.index("Open an incident, tell the board's chair") < text.index("Pause a rail")
    assert "pager: payments-primary" in text


def test_the_way_back_says_when_to_take_it_and_for_when_it_was_written(sample_portal: Assessment) -> None:
    text = words(shown(sample_portal).html)

    assert text.index("Ledger lag above 120 seconds for five minutes") < text.index("Hold the aggregators'")
    assert "any one is enough Server errors above 0.5 % of requests for three minutes" in text
    assert (
        "The plan sets no end. It was written for the deployment of 2026-11-23 04:30 UTC to 2026-11-23"
        in text
    )
    assert "Rehearsed 2026-11-13 09:00 UTC , back to 2.4.1 : passed in 17 min." in text


def test_a_runbook_that_is_carried_forward_says_so(sample_portal: Assessment) -> None:
    text = words(shown(sample_portal).html)

    assert text.count("not changed since") == 3  # those of 2.4.0 and 2.4.1
    assert "ledger/store · from 2.4.0 , not changed since · walked through 2026-07-08" in text


def test_a_withdrawn_release_gives_no_runbook_to_later_ones(sample: Path) -> None:
    path = sample / "releases/2.4.1/release.yaml"
    edit(path, "phase: closed", "phase: withdrawn")
    stated = "withdrawn:\n  at: 2026-08-22T10:00:00+05:30\n  by: meera.iyer\n  reason: Superseded.\n"
    path.write_text(path.read_text(encoding="utf-8") + stated, encoding="utf-8")
    assessment = judge(sample)

    assert of(assessment, "2.5.0") == {
        "consent-ledger-lag": "2.5.0",
        "ledger-partitions": "2.4.0",
        "payout-queue-stuck": "2.5.0",
        "rail-failover": "2.4.0",
    }
    listed = versions(assessment.portal)
    assert [one.release.version for one in listed["rail-failover"]] == ["2.4.0", "2.4.1"]


def test_a_newer_runbook_with_errors_is_named_and_not_passed_over(sample: Path) -> None:
    edit(sample / "releases/2.5.0/05-documentation/runbooks/payout-queue-stuck.md", "owner:", "ovner:")
    page = shown(judge(sample))
    found = index(page)["runbooks"]

    assert isinstance(found, dict)
    assert found["payout-queue-stuck"] == "2.4.1"
    text = words(page.html)
    assert (
        "payout-queue-stuck of 2.5.0 is not shown. It has errors or is not complete; an older version" in text
    )


def test_without_a_rollback_plan_the_page_says_so(sample: Path) -> None:
    (sample / "releases/2.5.0/06-approval/deployment-plan.md").unlink()

    assert "No rollback plan is shown" in shown(judge(sample)).html


def test_without_production_there_is_nothing_to_list() -> None:
    """Before the first deployment of the sample."""
    page = shown(judge(ROOT, datetime(2026, 7, 1, 12, 0, tzinfo=UTC)))

    assert index(page) == {
        "production": None,
        "runbooks": {},
        "ahead": ["2.6.0", "2.5.0", "2.4.1", "2.4.0"],
    }
    assert "Nothing is in production" in page.html


def test_a_runbook_says_where_it_comes_from(sample_portal: Assessment) -> None:
    release = sample_portal.portal.release("2.4.1")
    assert release is not None
    page = next(one for one in runbooks.build(sample_portal, release) if one.uri.endswith("/rail-pause/"))

    assert page.scripts == ("runbook",)
    assert 'data-rp-runbook="rail-pause" data-rp-release="2.4.1" data-rp-root="../../../../"' in page.html
    assert "From release 2.4.1" in words(page.html)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("pager: payments-primary", []),
        ("phone list, entry RAIL-1 (number corrected on 2026-08-06)", []),
        ("+91 22 5550 0147, say DSPH", ["tel:+912255500147"]),
        ("+44 (20) 7946-0018", ["tel:+442079460018"]),
        ("+1 202 555 0119 or noc@rail.example", ["tel:+12025550119", "mailto:noc@rail.example"]),
        ("card 4111 1111 1111 1111", []),
        ("a+1234567890@x.example", ["mailto:a+1234567890@x.example"]),
        ("+12345", []),
    ],
)
def test_numbers_and_addresses_become_links(text: str, addresses: list[str]) -> None:
    made = reach(text)

    assert re.findall(r'href="([^"]+)"', made) == addresses
    assert html.unescape(re.sub(r"<[^>]+>", "", made)) == text


def test_what_is_no_link_is_text() -> None:
    assert reach('<b onclick="x">+49 30 901820') == (
        '&lt;b onclick=&#34;x&#34;&gt;<a class="rp-nowrap" href="tel:+4930901820">+49 30 901820</a>'
    )
