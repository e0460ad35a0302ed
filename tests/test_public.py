"""The public site: what is chosen for it, what it holds for programs, pages by hand, its command."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from release_portal import front, settings
from release_portal.assess import assess
from release_portal.failure import Misconfigured
from release_portal.making import Refused
from release_portal.public import PublicPortal, left_out, public
from release_portal.public.render import markdown
from tests.conftest import copy_sample, run
from tests.renewal import renew

AS_OF = datetime(2026, 11, 24, 12, tzinfo=UTC)
NOTES = "releases/2.5.0/05-documentation/release-notes.md"
NOTICES = "releases/2.4.0/09-notification/notices"
ATOM = "{http://www.w3.org/2005/Atom}"


def chosen(root: Path, at: datetime = AS_OF) -> PublicPortal:
    return public(assess(root, settings.read(root / "mkdocs.yml"), at).portal)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    root = copy_sample(folder / "portal")
    change(
        root / "mkdocs.yml",
        "site_url: https://releases.dealsphere.example/",
        "site_url: https://r.example/x",
    )
    front.build(root / "mkdocs.yml", folder / "site", full_text=False)
    return folder / "site"


def test_only_what_is_meant_for_the_public_is_chosen(sample: Path) -> None:
    portal = chosen(sample)
    assert [one.version for one in portal.releases] == ["2.5.0", "2.4.1", "2.4.0"]
    assert portal.production is portal.releases[0]
    assert [one.subject for one in portal.notices] == [
        "Instant payouts run again; some payouts of 5 August were executed twice",
        "Version 2.4.0 is live",
        "Instant payouts in INR are available, and limits apply to your account",
    ]
    assert {one.title for one in portal.releases[0].documents} == {
        "Consents and their history, guide for partners",
        "Consent API, version 2026-07 with consent entries",
        "Payout API, version 2026-07 with reasons of a rejected IBAN",
        "Privacy notice for account-aggregator data",
        "A payout is rejected because of the IBAN",
    }


def not_published(root: Path) -> None:
    change(root / NOTES, "published_at: 2026-11-23", "published_at: 2026-11-25")
    renew(root)


def reworded(root: Path) -> None:
    with (root / NOTES).open("a") as file:
        file.write("\nYour money is safe, says somebody.\n")


def unsigned(root: Path) -> None:
    shutil.rmtree(root / "releases/2.5.0/signoffs/release-notes")


def broken(root: Path) -> None:
    change(root / NOTES, "headline: ", "heading: ")


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (not_published, "2.5.0: its page has no release notes: they are not published yet"),
        (broken, "2.5.0: no release notes that are good"),
        (reworded, "2.5.0: its page has no release notes: it changed after it was signed"),
        (unsigned, "2.5.0: its page has no release notes: a sign-off is missing"),
    ],
)
def test_notes_are_left_out_until_they_are_good_and_published(
    do: Callable[[Path], None], said: str, sample: Path
) -> None:
    do(sample)
    assert chosen(sample).releases[0].notes is None
    portal = assess(sample, settings.read(sample / "mkdocs.yml"), AS_OF).portal
    assert [one for one in left_out(portal) if one.startswith(said)]


@pytest.mark.parametrize("text", ["grace.mwangi", "Grace.Mwangi@dealsphere.example"])
def test_no_notes_make_an_address_or_an_id_of_a_person_public(text: str, sample: Path) -> None:
    good = run("build", "--audience", "public", "--no-search", cwd=sample)
    assert (good.code, "were let pass" in good.err) == (0, True), good.err
    with (sample / NOTES).open("a") as file:
        file.write(f"\nAsk {text} for more.\n")
    renew(sample)

    done = run("build", "--audience", "public", "--no-search", cwd=sample)

    assert (done.code, "internal texts stand in the public site" in done.err) == (1, True), done.err


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("customers-instant-payouts.md", "public: true\n", ""),
        ("customers-instant-payouts.md", "audience: customers", "audience: partners"),
        ("customers-instant-payouts.md", "audience: customers", "audience: regulator"),
        ("customers-instant-payouts.md", "subject: ", "subjects: "),
        ("../send-log.yaml", "notice: customers-instant-payouts", "notice: rbi-instant-payouts"),
    ],
)
def test_a_notice_is_shown_if_all_say_so(name: str, old: str, new: str, sample: Path) -> None:
    assert len(chosen(sample).notices) == 3
    change(sample / NOTICES / name, old, new)
    assert [one.name for one in chosen(sample).notices if one.name.startswith("2026-07")] == [
        "2026-07-14-version-2-4-0-is-live"
    ]


def test_nothing_is_shown_before_production_runs_it(sample: Path) -> None:
    early = chosen(sample, datetime(2026, 8, 1, tzinfo=UTC))
    assert [one.version for one in early.releases] == ["2.4.0"]
    none = chosen(sample, datetime(2026, 6, 1, tzinfo=UTC))
    assert (none.releases, none.production, none.since, none.notices, none.documents) == (
        (),
        None,
        None,
        (),
        (),
    )


def test_notices_of_one_day_and_subject_have_names_of_their_own(sample: Path) -> None:
    change(
        sample / NOTICES / "status-instant-payouts.md",
        "subject: Version 2.4.0 is live",
        "subject: Instant payouts in INR are available, and limits apply to your account",
    )
    names = [one.name for one in chosen(sample).notices]
    assert len(set(names)) == len(names) == 3


def test_links_of_authors_lead_to_the_web_or_nowhere() -> None:
    made = str(
        markdown(
            "[a](../../06-approval/plan.md) [b](https://x.example/) [c](//y.example) [d](portal:x/) [e](/x)"
        )
    )
    assert re.findall('href="([^"]*)"', made) == ["https://x.example/"]
    assert ">c<" in made
    assert "06-approval" not in made


def test_the_files_for_programs(outside: Path) -> None:
    assert json.loads((outside / "site.json").read_text()) == {"audience": "public"}
    listing = json.loads((outside / "releases/versions.json").read_text())
    assert listing == [
        {"version": "2.5.0", "title": "2.5.0", "aliases": ["production"]},
        {"version": "2.4.1", "title": "2.4.1", "aliases": []},
        {"version": "2.4.0", "title": "2.4.0", "aliases": []},
    ]
    for name, count in (("feed.xml", 3), ("notices.xml", 3)):
        root = ElementTree.fromstring((outside / name).read_bytes())
        links = [entry.find(f"{ATOM}link").get("href") for entry in root.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
        assert len(links) == count
        for link in links:
            assert link
            assert (outside / link.removeprefix("https://r.example/x/") / "index.html").is_file()
    places = [
        str(one.text)
        for one in ElementTree.fromstring((outside / "sitemap.xml").read_bytes()).iter()
        if one.text and "loc" in one.tag
    ]
    pages = {
        f"https://r.example/x/{path.parent.relative_to(outside).as_posix()}/".replace("/./", "/")
        for path in outside.rglob("index.html")
    }
    assert set(places) == pages
    assert len(pages) == 11


def test_every_link_within_the_site_leads_somewhere(outside: Path) -> None:
    count = 0
    for page in outside.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"#]*)', page.read_text()):
            if link and not re.match(r"[a-z]+:|//", link):
                path = (outside / link.removeprefix("/x/")) if link.startswith("/") else page.parent / link
                assert path.is_file() or (path / "index.html").is_file(), (page, link)
                count += 1
    assert count > 300


def test_no_file_of_insiders_pages_is_in_it(outside: Path) -> None:
    own = {path.name for path in (outside / "assets/javascripts").glob("*.js")} - {"bundle.js"}
    assert {name for name in own if ".min." not in name} == {
        "portal.js",
        "site.js",
        "public-search.js",
        "search-text.js",
        "search-results.js",
    }
    names = {path.relative_to(outside).parts[0] for path in outside.rglob("*") if path.is_file()}
    assert names == {"404.html", "assets", "documentation", "feed.xml", "index.html", "notices", "notices.xml", "releases", "site.json", "sitemap.xml", "support"}  # fmt: skip
    html = "".join(page.read_text() for page in outside.rglob("*.html"))
    assert not re.search('name="generator"|inside|site.json|as-of', html)


def test_a_portal_without_pages_by_hand_has_a_public_site(base: Path, tmp_path: Path) -> None:
    for name in ("docs", "overrides", "mkdocs.yml"):
        source = copy_sample(tmp_path / name.partition(".")[0]) / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, base / name)
    shutil.rmtree(base / "docs/public")
    made = run("-C", str(base), "build", "--audience", "public", cwd=tmp_path)
    assert made.code == 0, made.err
    assert "DealSphere releases" in (base / "site-public/index.html").read_text()
    again = run(
        "-C",
        str(base),
        "build",
        "--audience",
        "public",
        cwd=tmp_path,
        env={"SOURCE_DATE_EPOCH": "1796500000"},
    )
    assert again.code == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.md", "# A\n\n{{ production() }}\n", "calls a macro"),
        ("a.md", "# A\n\n{% set x = 1 %}\n", "calls a macro"),
        ("releases/2.5.0/index.md", "# Ours\n", "wants the address of another page"),
        ("feed.xml", "<x/>", "wants the address of another page"),
    ],
)
def test_a_page_by_hand_that_is_not_fit_is_refused(name: str, text: str, said: str, sample: Path) -> None:
    path = sample / "docs/public" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    with pytest.raises(Misconfigured, match=said):
        front.build(sample / "mkdocs.yml", sample / "out", full_text=False)
    assert not (sample / "out").exists()


@pytest.mark.parametrize("link", ["a.md", "pictures"])
def test_a_link_among_the_pages_by_hand_is_refused(link: str, sample: Path) -> None:
    (sample / "docs/public" / link).symlink_to(sample / ("roster" if link == "pictures" else "README.md"))
    (sample / "README.md").write_text("# A\n")
    with pytest.raises(Misconfigured, match="is a link"):
        front.build(sample / "mkdocs.yml", sample / "out", full_text=False)


def test_hidden_files_drafts_and_what_is_excluded_stay_at_home(sample: Path) -> None:
    pages = sample / "docs/public"
    for name in (".env", ".index.md.swp", "templates/a.txt", "draft.md", "old/a.md", "seen.md"):
        (pages / name).parent.mkdir(exist_ok=True)
        (pages / name).write_text("# Of this file\n")
    config = sample / "mkdocs.yml"
    more = "draft_docs: draft.md\nexclude_docs: |\n  /public/\n  /public/old/\n"
    change(config, "exclude_docs: /public/", more)
    front.build(config, sample / "out", full_text=False)
    found = {path.relative_to(sample / "out").as_posix() for path in (sample / "out").rglob("*")}
    assert "seen/index.html" in found
    assert not [one for one in found if one.startswith((".", "templates", "draft", "old"))]


def test_of_the_themes_folders_only_files_of_their_kind_are_public(sample: Path) -> None:
    for name in ("own.png", "own.js", "own.pdf"):
        (sample / "overrides/assets/images" / name).write_text("x")
    front.build(sample / "mkdocs.yml", sample / "out", full_text=False)
    assert [one.name for one in sample.glob("out/assets/images/own.*")] == ["own.png"]


def test_pages_by_hand_are_proved_like_everything_else(sample: Path) -> None:
    (sample / "docs/public/next.md").write_text("# Next\n\nVersion 2.6.0 comes soon, says Meera Iyer.\n")
    with pytest.raises(front.Leaked, match="2 internal texts"):
        front.build(sample / "mkdocs.yml", sample / "out", full_text=False)
    name = "        site_name: DealSphere releases\n"
    change(sample / "mkdocs.yml", name, f"{name}        may_say: [2.6.0, Meera Iyer]\n")
    built = front.build(sample / "mkdocs.yml", sample / "out", full_text=False)
    assert {"2.6.0", "meera iyer"} <= set(built.report.wanted.excused)


def test_a_notice_that_changed_after_it_was_sent_is_told(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    assert run("init", "--demo", str(demo), cwd=tmp_path).code == 0
    before = run("-C", str(demo), "build", "--audience", "public", "--no-search", cwd=tmp_path)
    assert (before.code, "was changed after it was sent" in before.err) == (0, False), before.err
    with (demo / NOTICES / "customers-instant-payouts.md").open("a") as file:
        file.write("\nNothing was ever lost.\n")
    subprocess.run(["git", "-C", str(demo), "commit", "-qam", "Reword"], check=True)
    after = run("-C", str(demo), "build", "--audience", "public", "--no-search", cwd=tmp_path)
    assert after.code == 0, after.err
    assert "customers-instant-payouts.md was changed after it was sent, in " in after.err


def test_a_comment_of_an_author_is_never_published(sample: Path) -> None:
    with (sample / NOTICES / "customers-instant-payouts.md").open("a") as file:
        file.write("\n<!-- Do not say that Acme lost money. -->\n")
    done = run("build", "--audience", "public", "--no-search", cwd=sample)
    assert (done.code, "was left out: it has a comment" in done.err) == (0, True), done.err
    assert len(chosen(sample).notices) == 2


def test_a_folder_without_files_proves_nothing(sample: Path) -> None:
    (sample / "empty").mkdir()
    done = run("leaks", "empty", cwd=sample)
    assert (done.code, "holds no file" in done.err) == (3, True)


def test_with_strict_errors_keep_it_from_being_built(sample: Path) -> None:
    change(sample / NOTES, "headline: ", "heading: ")
    with pytest.raises(Refused):
        front.build(sample / "mkdocs.yml", sample / "out", strict=True, full_text=False)
    front.build(sample / "mkdocs.yml", sample / "out", full_text=False)


def test_what_mkdocs_yml_may_say_of_it(sample: Path) -> None:
    config = sample / "mkdocs.yml"
    said = settings.read(config)
    assert said.public.site_name == "DealSphere releases"
    assert (said.folder("internal"), said.folder("public")) == ("site", "site-public")
    change(config, "        site_name: DealSphere releases", "        site_names: DealSphere releases")
    with pytest.raises(Misconfigured, match="public is not described well"):
        settings.read(config)
