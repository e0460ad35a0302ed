"""Files for programs: they follow their schemas, keep what they promised, and carry no markup of an author's."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import jsonschema_rs
import pytest
from icalendar import Calendar

from release_portal import exports, settings
from release_portal.assess import Assessment, assess
from release_portal.exports import calendar
from release_portal.exports._api_schema import SCHEMA
from release_portal.exports._export import Export
from release_portal.registry import collect
from tests.conftest import ROOT, copy_sample, run

AS_OF = datetime(2026, 11, 24, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
GOLDEN = Path(__file__).parent / "golden/api-v1-keys.json"


def portal(root: Path, **options: str) -> Assessment:
    return assess(root, replace(settings.read(root / "mkdocs.yml"), **options), AS_OF)


def written(assessment: Assessment) -> dict[str, str]:
    found = [file for one in collect(exports, "EXPORT", Export) for file in one.files(assessment)]
    assert len({file.path for file in found}) == len(found)
    return {file.path: file.text for file in found}


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    return written(portal(ROOT))


def definition(name: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(SCHEMA | {"anyOf": [{"$ref": f"#/definitions/{name}"}]})


def test_the_api_follows_its_own_schema(files: dict[str, str]) -> None:
    assert jsonschema_rs.meta.is_valid(SCHEMA)
    assert json.loads(files["api/v1/schema.json"]) == SCHEMA
    definition("index").validate(json.loads(files["api/v1/index.json"]))
    releases = [path for path in files if path.startswith("api/v1/releases/")]
    assert len(releases) == 4
    for path in releases:
        definition("release").validate(json.loads(files[path]))


def keys(schema: Any, at: str = "") -> dict[str, Any]:
    """Every key that the API has, by its path, with what it may hold."""
    found: dict[str, Any] = {}
    for name, inner in schema.get("properties", {}).items():
        found[f"{at}{name}"] = inner.get("type", inner.get("enum", inner.get("const")))
        found |= keys(inner, f"{at}{name}.") | keys(inner.get("items", {}), f"{at}{name}[].")
    return found


def test_nothing_that_the_api_promised_is_gone_or_means_something_else() -> None:
    now = {name: keys(schema) for name, schema in SCHEMA["definitions"].items()}
    promised = json.loads(GOLDEN.read_text())

    for name, fields in promised.items():
        assert fields.items() <= now[name].items() or _only_more_words(fields, now[name])


def _only_more_words(then: dict[str, Any], now: dict[str, Any]) -> bool:
    return all(
        now.get(key) == held
        or (isinstance(held, list) and set(map(str, held)) <= set(map(str, now.get(key, ()))))
        for key, held in then.items()
    )


def test_the_api_says_what_is_proved_and_what_is_missing(files: dict[str, str]) -> None:
    release = json.loads(files["api/v1/releases/2.6.0.json"])
    signoff = next(one for one in release["signoffs"] if one["person"] == "daniel.okafor")

    assert (signoff["decision"], signoff["proof"]) == ("reject", "roster")
    assert "cab-minutes is missing" in [gap for one in release["deliverables"] for gap in one["missing"]]
    assert json.loads(files["api/v1/index.json"])["production"] == "2.5.0"


def test_versions_name_the_aliases(files: dict[str, str]) -> None:
    listed = {one["version"]: one["aliases"] for one in json.loads(files["releases/versions.json"])}

    assert listed == {"2.6.0": [], "2.5.0": ["latest", "production"], "2.4.1": [], "2.4.0": []}


def test_the_feed_holds_what_went_to_production_newest_first(files: dict[str, str]) -> None:
    feed = ElementTree.fromstring(files["feed.xml"])
    entries = feed.findall(f"{ATOM}entry")

    assert [one.findtext(f"{ATOM}title", "").split()[0] for one in entries] == ["2.5.0", "2.4.1", "2.4.0"]
    assert feed.findtext(f"{ATOM}updated") == max(one.findtext(f"{ATOM}updated", "") for one in entries)
    assert entries[0].findtext(f"{ATOM}content", "").startswith("<h")


def test_only_public_notices_that_were_sent_are_in_their_feed(files: dict[str, str]) -> None:
    titles = [one.text for one in ElementTree.fromstring(files["notices.xml"]).iter(f"{ATOM}title")]

    assert len(titles) == 4  # the feed itself has one
    assert not [title for title in titles if title and "RBI" in title]


def test_ids_stay_when_the_site_moves_below_another_path_and_links_are_in_full() -> None:
    one = written(portal(ROOT, site_url="https://releases.example.com/a/"))
    other = written(portal(ROOT, site_url="https://releases.example.com/b/"))

    def ids(files: dict[str, str]) -> list[str | None]:
        return [found.text for found in ElementTree.fromstring(files["feed.xml"]).iter(f"{ATOM}id")]

    assert ids(one) == ids(other)
    assert ids(one)[1] == "tag:releases.example.com,2026:releases/2.5.0"
    assert "https://releases.example.com/a/releases/2.5.0/notes/" in one["feed.xml"]


@pytest.mark.parametrize(
    ("site_url", "retrieved"),
    [("", "https://intranet.example/x/"), ("https://releases.example.com/a/", "https://mirror.example/")],
)
def test_each_address_in_a_feed_is_a_page_or_file_of_the_site(site_url: str, retrieved: str) -> None:
    """Relative addresses are resolved by where a reader got the feed, as RFC 3986 and XML Base say."""
    made = written(portal(ROOT, site_url=site_url))
    for name in ("feed.xml", "notices.xml"):
        feed, here = ElementTree.fromstring(made[name]), retrieved + name
        found = {one.get("rel"): urljoin(here, one.get("href", "")) for one in feed.findall(f"{ATOM}link")}
        root = site_url or retrieved
        assert found == {"self": root + name, "alternate": root}
        for entry in feed.findall(f"{ATOM}entry"):
            (link,) = (urljoin(here, one.get("href", "")) for one in entry.findall(f"{ATOM}link"))
            assert link.startswith(f"{root}releases/")
            (content,) = entry.findall(f"{ATOM}content")
            assert urljoin(here, content.get(BASE, "")) == link
            assert urlsplit(entry.findtext(f"{ATOM}id", "")).scheme == "tag"


@pytest.mark.parametrize(
    ("named", "said"), [("", True), ("site_url: https://releases.example.com/\n", False)]
)
def test_a_build_says_what_it_lacks_the_sites_address_for(base: Path, *, named: str, said: bool) -> None:
    config = base / "mkdocs.yml"
    config.write_text(config.read_text() + named)
    (base / "docs").mkdir(exist_ok=True)
    (base / "docs/index.md").write_text("# Home\n")
    made = run("build", "--no-search", "--site-dir", str(base.parent / "site"), cwd=base)

    assert made.code == 0, made.err
    assert ("mkdocs.yml has no site_url: feeds have relative addresses" in made.err) == said


def test_the_calendar_holds_target_dates_and_freeze_windows(files: dict[str, str]) -> None:
    calendar = Calendar.from_ical(files["calendar.ics"])
    events = {str(one["summary"]): one for one in calendar.walk("VEVENT")}

    assert str(events["Release 2.4.0 Instant payouts"].decoded("dtstart")) == "2026-07-14"
    freeze = next(one for name, one in events.items() if name.startswith("Freeze for 2.4.0"))
    assert freeze.decoded("dtstart") == datetime(2026, 7, 13, 12, 30, tzinfo=UTC)
    assert len({str(one["uid"]) for one in events.values()}) == len(events)
    assert all(len(line.encode()) <= 75 for line in files["calendar.ics"].split("\r\n"))


def test_the_calendar_holds_the_days_on_which_something_ends(files: dict[str, str]) -> None:
    """Open actions and accepted exceptions of the sample; A-2 of 2.4.1 is done, A-3 of 2.4.0 dropped."""
    events = {str(one["uid"]): one for one in Calendar.from_ical(files["calendar.ics"]).walk("VEVENT")}
    days = {
        uid.partition("@")[0]: (str(one.decoded("dtstart")), str(one.decoded("dtend")))
        for uid, one in events.items()
        if "-action-" in uid or "-exception-" in uid
    }

    assert days == {
        "2.4.0-action-A-2": ("2026-10-31", "2026-11-01"),
        "2.4.1-action-A-5": ("2027-01-29", "2027-01-30"),
        "2.4.0-exception-EX-7": ("2028-12-31", "2029-01-01"),
        "2.5.0-exception-EX-9": ("2028-06-30", "2028-07-01"),
    }
    assert "DTSTART;VALUE=DATE:20261031" in files["calendar.ics"].splitlines()
    due = events["2.4.0-action-A-2@localhost"]
    assert str(due["summary"]).startswith("Due: A-2 Plan for the HSM firmware upgrade")
    assert str(due["summary"]).endswith("(2.4.0, Farid Haddad)")
    assert due["transp"] == "TRANSPARENT"
    assert "url" not in due


def test_entries_of_the_calendar_are_the_same_when_something_else_changes(tmp_path: Path) -> None:
    """A subscriber's calendar moves an entry by its UID: one that is due later, and done ones that go."""
    root = copy_sample(tmp_path / "portal")
    before = uids(portal(root))
    log = root / "releases/2.4.1/10-retrospective/actions.yaml"
    log.write_text(log.read_text().replace("due: 2027-01-29", "due: 2027-03-31"))
    assert uids(portal(root)) == before

    log = root / "releases/2.4.0/10-retrospective/actions.yaml"
    done = log.read_text().replace("state: open", "state: done\n    done_on: 2026-10-30")
    log.write_text(done)
    assert before - uids(portal(root)) == {"2.4.0-action-A-2@localhost"}


def test_a_calendar_that_knows_the_site_leads_to_the_row() -> None:
    made = written(portal(ROOT, site_url="https://releases.example.com/a/"))["calendar.ics"]
    found = {str(one["uid"]): str(one["url"]) for one in Calendar.from_ical(made).walk("VEVENT")}

    home = "https://releases.example.com/a/releases"
    assert found["2.4.0-action-A-2@releases.example.com"] == f"{home}/2.4.0/retrospective/#A-2"
    assert found["2.5.0-exception-EX-9@releases.example.com"] == f"{home}/2.5.0/compliance/#EX-9"


def test_a_withdrawn_release_plans_nothing_and_still_owes_its_actions(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "portal")
    path = root / "releases/2.4.0/release.yaml"
    stated = "withdrawn:\n  at: 2026-08-22T10:00:00+05:30\n  by: meera.iyer\n  reason: Superseded.\n"
    path.write_text(path.read_text().replace("phase: closed", "phase: withdrawn") + stated)

    assert {one for one in uids(portal(root)) if one.startswith("2.4.0")} == {"2.4.0-action-A-2@localhost"}


def uids(assessment: Assessment) -> set[str]:
    (made,) = calendar.files(assessment)
    return {str(one["uid"]) for one in Calendar.from_ical(made.text).walk("VEVENT")}


def test_an_authors_markup_stays_text(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "portal")
    facts, notes = (
        root / "releases/2.5.0/release.yaml",
        root / "releases/2.5.0/05-documentation/release-notes.md",
    )
    evil = "<script>x</script>]]>&amp;\\nEND:VEVENT;,"
    facts.write_text(facts.read_text().replace("title: Consent ledger", f"title: '{evil}'"))
    notes.write_text(notes.read_text() + "\n<script>alert(1)</script>\n")
    files = written(portal(root))

    feed = ElementTree.fromstring(files["feed.xml"])
    entry = next(iter(feed.iter(f"{ATOM}entry")))
    assert evil in entry.findtext(f"{ATOM}title", "")
    assert "<script" not in entry.findtext(f"{ATOM}content", "")
    summaries = [str(one["summary"]) for one in Calendar.from_ical(files["calendar.ics"]).walk("VEVENT")]
    assert f"Release 2.5.0 {evil}" in summaries
    assert json.loads(files["api/v1/releases/2.5.0.json"])["title"] == evil
