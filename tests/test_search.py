"""What the search is made of: ids with their places, bundles, the text that is indexed; and addresses that stay."""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from release_portal import settings, site
from release_portal.assess import Assessment, assess
from release_portal.exports import aliases, ids
from release_portal.exports._identifiers import Identifier, identifiers
from release_portal.failure import Misconfigured
from release_portal.pages._production import in_production, latest
from release_portal.release import Release
from release_portal.search._bundles import Bundle, bundles
from release_portal.search._text import content
from tests.conftest import ROOT

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample_assessment() -> Assessment:
    return assess(ROOT, settings.read(ROOT / "mkdocs.yml"), AS_OF)


@pytest.fixture(scope="session")
def built(site: Path) -> Path:
    """The sample's portal, built; `site` is the module here."""
    return site


def texts(assessment: Assessment) -> dict[str, str]:
    return {file.path: file.text for file in ids.files(assessment)}


def look_up(files: dict[str, str], text: str) -> list[list[str]]:
    """Places of an id as (text, kind, release, title, address), found as search-ids.js finds them."""
    key = ids.key_of(text)
    entries = json.loads(files[file_of(files, key)])
    begun = [one for one in entries if re.fullmatch("[0-9a-f]{7,64}", key) and one.startswith(key)]
    found = [entries[key]] if key in entries else [entries[one] for one in begun]
    return [place for entry in found for place in entry["places"]]


def file_of(files: dict[str, str], key: str) -> str:
    """The path of the file that holds an id."""
    index = json.loads(files["search/ids/index.json"])
    if re.fullmatch("[0-9a-f]{7,64}", key):
        return f"search/ids/hex-{ids.shard(key, index['shards'])}.json"
    return f"search/ids/from-{max(at for at, start in enumerate(index['starts']) if start <= key)}.json"


# Ids


@pytest.mark.parametrize(
    ("typed", "kind", "release", "address"),
    [
        ("PAY-201", "change", "2.4.0", "releases/2.4.0/changes/#PAY-201"),
        ("pay-201", "change", "2.4.0", "releases/2.4.0/changes/#PAY-201"),
        ("CC6.1", "SOC 2", "2.4.0", "releases/2.4.0/compliance/#soc2-CC6.1"),
        ("Art. 5(1)(c)", "GDPR", "2.4.0", "releases/2.4.0/compliance/#gdpr-Art.-5(1)(c)"),
        ("R-7", "risk", "2.4.0", "releases/2.4.0/compliance/#R-7"),
        ("EX-7", "exception", "2.4.0", "releases/2.4.0/compliance/#EX-7"),
        ("A-2", "action", "2.4.0", "releases/2.4.0/retrospective/#A-2"),
        ("INC-88", "incident", "2.4.1", "releases/2.4.1/monitoring/#"),
        ("31e33a8b0bff47db7901ad15654fc0e810b8e5d6", "commit of tag v2.4.0", "2.4.0", "releases/2.4.0/"),
        ("31E33A8", "commit of tag v2.4.0", "2.4.0", "releases/2.4.0/"),
        ("2.4.0", "release", "", "releases/2.4.0/"),
        ("v2.4.0", "release", "", "releases/2.4.0/"),
        ("Meera Iyer", "person", "", "registers/signoffs/?person=meera.iyer"),
        ("meera.iyer", "person", "", "registers/signoffs/?person=meera.iyer"),
        ("payout-queue-stuck", "runbook", "2.4.0", "releases/2.4.0/runbooks/payout-queue-stuck/"),
        ("c9a3889826d5", "evidence file", "2.4.0", "releases/2.4.0/evidence/#file-c9a3889826d5"),
        ("missing-evidence", "rule", "", "rules/missing-evidence/"),
        ("risk-assessment", "record type", "", "records/risk-assessment/"),
    ],
)
def test_an_id_is_found_however_it_is_typed(
    sample_assessment: Assessment, typed: str, kind: str, release: str, address: str
) -> None:
    places = look_up(texts(sample_assessment), typed)

    assert [one for one in places if kind in one[1] and one[2] == release and one[4].startswith(address)]


@pytest.mark.parametrize("typed", ["PAY-20", "PAY-2011", "31e33a", "constructor", "", "nobody"])
def test_what_is_no_whole_id_is_not_found(sample_assessment: Assessment, typed: str) -> None:
    assert look_up(texts(sample_assessment), typed) == []


def test_every_id_leads_to_where_it_stands(sample_assessment: Assessment, built: Path) -> None:
    places = {one.uri for one in identifiers(sample_assessment)}
    assert len(places) > 200

    lost = set()
    pages: dict[str, str] = {}
    for address in places:
        path, _, anchor = address.partition("#")
        file = built / path.partition("?")[0] / "index.html"
        if not file.is_file():
            lost.add(address)
            continue
        html = pages.setdefault(path, file.read_text(encoding="utf-8"))
        if anchor and f'id="{anchor}"' not in html.replace("&#39;", "'"):
            lost.add(address)
    assert lost == set()


def many(_: Assessment) -> Iterator[Identifier]:
    """Ids of 1,000 releases: own tickets, commits and digests, and controls and risks that all share."""
    for number in range(1000, 0, -1):
        version = f"{number // 100}.{number % 100}.0"
        home = f"releases/{version}/"
        title = "Payouts are checked twice, and held where the second check disagrees with the first"
        for at in range(8):
            ticket = f"PAY-{number * 10 + at}"
            yield Identifier(ticket, "change", f"{home}changes/#{ticket}", title, version, "changes")
        for at in range(40):
            uri = f"{home}compliance/#soc2-CC{at}.1"
            yield Identifier(f"CC{at}.1", "SOC 2 control", uri, title, version, "controls")
        for at in range(8):
            yield Identifier(f"R-{at}", "risk", f"{home}compliance/#R-{at}", title, version, "risks")
        for at in range(90):
            digest = sha256(f"{version} {at}".encode()).hexdigest()
            yield Identifier(digest, "evidence file", f"{home}evidence/#file-{digest[:12]}", title, version)


def test_one_look_up_loads_twenty_kilobytes_at_most_of_a_thousand_releases(
    sample_assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ids, "identifiers", many)
    files = texts(sample_assessment)

    assert max(len(text.encode()) for text in files.values()) <= 20_000
    assert len(files) < 5000
    places = look_up(files, "R-3")
    assert [one[2] for one in places] == ["10.0.0", "9.99.0", "9.98.0", "9.97.0", "9.96.0"]
    entry = json.loads(files[file_of(files, "r-3")])["r-3"]
    assert (entry["count"], entry["all"]) == (1000, "registers/risks/?find=R-3")


def test_ids_that_begin_alike_stand_together_and_each_in_the_file_that_the_index_says(
    sample_assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ids, "identifiers", many)
    files = texts(sample_assessment)
    starts = json.loads(files["search/ids/index.json"])["starts"]
    keys = [list(json.loads(files[f"search/ids/from-{number}.json"])) for number in range(len(starts))]

    assert len(starts) > 100
    assert starts == sorted(starts)
    assert len(files["search/ids/index.json"].encode()) < 8_000
    for number, some in enumerate(keys):
        assert some == sorted(some)
        assert {file_of(files, key) for key in some} == {f"search/ids/from-{number}.json"}
    assert sum(map(len, keys)) == 8_000 + 40 + 8


# Bundles


def releases(count: int) -> list[Release]:
    versions = [f"{number // 10}.{number % 10}.0" for number in range(count)]
    return [Release(version=one, folder=f"releases/{one}", records=()) for one in reversed(versions)]


def pages(folder: Path, some: list[Release]) -> None:
    own = ["index.html", "404.html", "guide/index.html", "releases/index.html", "releases/compare/index.html"]
    own += ["rules/index.html", "rules/stale/index.html", "records/scope/index.html"]
    apart = ["releases/latest/index.html", "releases/production/runbooks/index.html", "assets/index.html"]
    each = [f"releases/{one.version}/{path}index.html" for one in some for path in ("", "notes/internal/")]
    for name in (*own, *apart, *each):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


def made(folder: Path, count: int) -> list[Bundle]:
    some = releases(count)
    pages(folder, some)
    return list(bundles(some, folder))


def test_a_page_is_in_one_bundle_and_a_bundle_has_a_hundred_releases(tmp_path: Path) -> None:
    found = made(tmp_path, 250)

    assert [len(one.releases) for one in found] == [0, 100, 100, 50, 0]
    assert (found[1].releases[0], found[3].releases[-1]) == ("0.0.0", "24.9.0")
    names = [page.as_posix() for one in found for page in one.pages]
    assert len(names) == len(set(names)) == 500 + 4 + 2
    assert [page.as_posix() for page in found[0].pages] == [
        "guide/index.html",
        "index.html",
        "releases/compare/index.html",
        "releases/index.html",
    ]
    assert [page.as_posix() for page in found[4].pages] == [
        "rules/stale/index.html",
        "records/scope/index.html",
    ]


def test_a_new_release_changes_the_newest_bundle_only(tmp_path: Path) -> None:
    before, after = made(tmp_path / "before", 250), made(tmp_path / "after", 251)

    assert after[:3] == before[:3]
    assert after[3].releases == (*before[3].releases, "25.0.0")
    assert after[4:] == before[4:]


# The index


def indexed(folder: Path) -> dict[str, dict[str, Any]]:
    """What Pagefind keeps of each page, by the page's address."""
    found = (gzip.decompress(path.read_bytes()) for path in folder.glob("search/*/fragment/*"))
    fragments = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in found]
    return {one["url"]: one for one in fragments}


def test_every_page_is_indexed_once_and_named_for_the_filters(built: Path) -> None:
    manifest = json.loads((built / "search/manifest.json").read_text())
    assert manifest["bundles"] == [[], ["2.4.0", "2.4.1", "2.5.0", "2.6.0"], []]

    listed = json.loads((built / "search/1/pages.json").read_text())
    assert listed["language"] == "en"
    assert {"", "notes/", "changes/", "runbooks/payout-queue-stuck/"} <= listed["pages"].keys()
    pages = indexed(built)
    for path, names in listed["pages"].items():
        for release, name in zip(manifest["bundles"][1], names.split(" "), strict=True):
            assert (built / "releases" / release / path / "index.html").is_file() == (name != "-")
            assert (f"/releases/{release}/{path}" in pages) == (name != "-")
            assert name == "-" or (built / f"search/1/fragment/en_{name}.pf_fragment").is_file()
    assert {"/", "/guide/", "/process/", "/rules/missing-evidence/", "/records/scope/"} <= indexed(
        built
    ).keys()


def test_only_what_a_page_says_is_indexed(built: Path) -> None:
    found = indexed(built)

    said = {address: one["content"] for address, one in found.items()}
    assert not [
        address for address, text in said.items() if "Skip to content" in text or "Breadcrumb" in text
    ]
    assert "PAY-201" not in said["/registers/changes/"]
    assert "PAY-201" in said["/releases/2.4.0/changes/"]
    compliance = said["/releases/2.4.0/compliance/"]
    assert "Assessed 2026-06-12 by Kavita Rao" in compliance
    assert not re.search(r"\b[0-9a-f]{12}\b", compliance)


def test_words_that_a_page_shows_apart_are_indexed_apart() -> None:
    html = (
        '<!doctype html><html lang=en class="no-js"><body><nav>Menu</nav><article class="x"><table><tr><th>Change</th>'
        '<th>Author</th></tr></table> <p>Meera Iyer<span class="rp-sub">meera.iyer</span> un<em>i</em>form</p></article>'
        "<footer>Foot</footer></body></html>"
    )
    text = content(html)

    assert "Menu" not in text
    assert "Foot" not in text
    assert 'lang="en"' in text
    assert " ".join(re.sub("<[^>]*>", "", text).split()) == "Change Author Meera Iyer meera.iyer uniform"
    assert content("<html><body>No article</body></html>") == ""


def test_material_brings_no_index_of_its_own(built: Path) -> None:
    assert not (built / "search/search_index.json").exists()
    assert {path.name for path in (built / "search").iterdir()} == {"0", "1", "2", "ids", "manifest.json"}
    programs = {path.name for path in (built / "search").rglob("*.js")}
    assert programs == {"pagefind.js"}


def test_without_pagefind_a_build_says_what_to_do(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(Misconfigured, match="Pagefind is not installed") as stop:
        site.build(sample / "mkdocs.yml")
    assert "--no-search" in stop.value.hint
    assert not (sample / "site").exists()

    site.build(sample / "mkdocs.yml", search=False)
    assert json.loads((sample / "site/search/manifest.json").read_text())["bundles"] == []
    assert {path.name for path in (sample / "site/search").iterdir()} == {"ids", "manifest.json"}


# Addresses that stay


def target(html: str) -> str:
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', html)
    assert found
    assert f'<a href="{found[1]}">' in html
    return found[1]


def test_an_alias_leads_to_the_same_page_of_the_release_that_it_means(
    sample_assessment: Assessment, built: Path
) -> None:
    portal = sample_assessment.portal
    running, newest = in_production(portal), latest(portal)
    assert running
    assert newest
    files = {file.path: file.text for file in aliases.files(sample_assessment)}
    assert len(files) == 28

    for path, html in files.items():
        assert (built / path).read_text(encoding="utf-8") == html
        _, alias, below = path.removesuffix("index.html").split("/", 2)
        release = newest if alias == "latest" else running.release
        led = unquote(urljoin(f"/{path}", target(html)))
        assert led == f"/releases/{release.version}/{below}"
        assert (built / led.removeprefix("/") / "index.html").is_file()


def test_a_site_with_an_address_tells_search_engines_in_full(sample_assessment: Assessment) -> None:
    portal = sample_assessment.portal
    known = replace(portal, settings=replace(portal.settings, site_url="https://releases.example/portal/"))
    html = next(iter(aliases.files(replace(sample_assessment, portal=known)))).text

    assert re.search(r'rel="canonical" href="https://releases\.example/portal/releases/[0-9.]+/"', html)


def test_an_alias_that_means_no_release_says_so(sample_assessment: Assessment) -> None:
    empty = replace(sample_assessment, portal=replace(sample_assessment.portal, releases=()))
    files = {file.path: file.text for file in aliases.files(empty)}
    html = files["releases/production/runbooks/index.html"]

    assert "No release is in production" in html
    assert "refresh" not in html
    assert '<a href="../../">All releases</a>' in html
