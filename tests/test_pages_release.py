"""Pages of a release: what they say of records that are good, missing, broken, stale or hostile."""

import html
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from release_portal import book
from release_portal.assess import assess
from release_portal.pages._places import PAGES
from release_portal.settings import read
from tests.conftest import run

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
SCOPE = "releases/2.6.0/01-planning/scope.md"
CHANGES = "releases/2.6.0/01-planning/changes.yaml"
GREEN = "rp-status--done"
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)"> {{ 7 * 7 }} {% raw %}'
MINE = ("", "notes/", "notes/internal/", "changes/", "compliance/", "development/", "testing/", "signoffs/")
Built = Mapping[str, str]


def build(root: Path, version: str = "2.6.0") -> Built:
    """The pages of a release as HTML, by their address below the release's own."""
    assessment = assess(root, read(root / "mkdocs.yml"), AS_OF)
    release = assessment.portal.release(version)
    assert release is not None
    return {
        page.uri.removeprefix(f"releases/{version}/"): page.html
        for page in book.release_pages(assessment, release)
    }


def words(markup: str) -> str:
    """What a reader sees of a piece of HTML, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def section(page: str, title: str) -> str:
    """The HTML from an h2 to the next one."""
    parts = re.split(r"(?=<h2)", page)[1:]
    return next(part for part in parts if words(part[: part.index("</h2>")]) == title)


def rows(markup: str) -> list[str]:
    """The rows of all tables, as HTML."""
    return re.findall(r"<tr.*?</tr>", markup, re.DOTALL)


def row(markup: str, *texts: str) -> str:
    """The one row that shows all of some texts."""
    (found,) = (one for one in rows(markup) if all(text in words(one) for text in texts))
    return found


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.fixture
def sign(sample: Path) -> Callable[..., Path]:
    """Writes a sign-off on a record of 2.6.0 as it stands now."""

    def write(record: str, person: str, role: str, decision: str = "approve", note: str = "") -> Path:
        release = assess(sample, read(sample / "mkdocs.yml"), AS_OF).portal.release("2.6.0")
        assert release is not None
        lines = {"by": person, "role": role, "decision": decision, "meaning": "approved"}
        lines |= {"at": "2026-11-23T10:00:00+05:30", "digest": release.digest_of(record)}
        lines |= {"note": note} if note else {}
        path = sample / "releases/2.6.0/signoffs" / record / f"{person}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{key}: {value}\n" for key, value in lines.items()))
        return path

    return write


def test_each_deliverable_shows_its_state(sample: Path) -> None:
    phases = section(build(sample)[""], "Phases")
    rejected = words(row(phases, "1.1", "scope.md", "changes.yaml"))
    assert rejected.endswith(
        "In progress Release scope: Daniel Okafor (Information Security Owner) rejects it"
    )
    assert "Due CAB minutes: to be written" in words(row(phases, "1.2"))
    assert "In progress" in words(row(phases, "1.3"))
    assert "Not due" in words(row(phases, "2.1"))


def test_stepper_leads_to_a_panel_for_each_phase(sample: Path) -> None:
    page = build(sample)[""]
    steps = re.findall(r'<li class="rp-step.*?</li>', page, re.DOTALL)
    assert [re.search(r'href="#([^"]+)"', step)[1] for step in steps] == re.findall(  # type: ignore[index]
        r'<details class="rp-phase" id="([^"]+)"', page
    )
    assert words(steps[0]) == "1 Planning In progress 3 open"
    assert all(words(step).endswith("Not due") for step in steps[1:])


def test_what_is_open_names_who_must_act(sample: Path) -> None:
    items = [words(item) for item in re.findall(r'<li class="rp-todo.*?</li>', build(sample)[""], re.DOTALL)]
    assert "Due CAB minutes: to be written 1.2 Release Manager: Meera Iyer" in items
    assert "Due Change log: sign-off by the Compliance Officer 1.3 Compliance Officer: Kavita Rao" in items


def test_sign_off_that_holds_counts_and_is_not_green_without_git(
    sample: Path, sign: Callable[..., Path]
) -> None:
    sign("scope", "kavita.rao", "compliance-officer")
    found = row(build(sample)["signoffs/"], "Kavita Rao", "Approve")
    assert "In roster" in words(found)
    assert GREEN not in found
    assert "rp-proof--roster" in found


def test_sign_off_goes_stale_with_its_record_and_is_never_done(
    sample: Path, sign: Callable[..., Path]
) -> None:
    for record in ("scope", "changes"):
        sign(record, "kavita.rao", "compliance-officer")
        sign(record, "sofia.lindqvist", "stakeholder")
    assert "Done" in words(row(section(build(sample)[""], "Phases"), "1.3"))
    edit(sample / SCOPE, "## Out of scope", "One line more.\n\n## Out of scope")
    pages = build(sample)
    signed = pages["signoffs/"][: pages["signoffs/"].index('id="changes"')]
    found = row(signed, "Kavita Rao", "Approve")
    assert "Stale" in words(found)
    assert "rp-row--warning" in found
    assert "changed after this sign-off" in words(signed)
    deliverable = row(section(pages[""], "Phases"), "1.3")
    assert GREEN not in deliverable
    assert "Kavita Rao Stale" in words(deliverable)
    assert "Release scope: changed after the Compliance Officer signed, sign again" in words(pages[""])


def test_sign_off_without_the_role_is_a_claim_and_the_role_stays_due(
    sample: Path, sign: Callable[..., Path]
) -> None:
    sign("changes", "jonas.weber", "compliance-officer")
    table = build(sample)["signoffs/"]
    table = table[table.index('id="changes"') :]
    assert "Claimed" in words(row(table, "jonas.weber", "Approve"))
    assert "Jonas Weber did not hold the role Compliance Officer on 2026-11-23" in words(table)
    assert "Compliance Officer Due Can sign: Kavita Rao" in words(table)


def test_rejection_stands_out_even_from_someone_not_asked(sample: Path, sign: Callable[..., Path]) -> None:
    sign("scope", "daniel.okafor", "infosec-owner", "reject", "Retention is not settled.")
    pages = build(sample)
    assert "rp-row--error" in row(pages["signoffs/"], "Daniel Okafor", "Reject")
    assert "Retention is not settled." in words(pages["signoffs/"])
    assert "Rejected Release scope: Daniel Okafor (Information Security Owner) rejects it" in words(pages[""])


def test_broken_sign_off_shows_its_errors_and_counts_for_nothing(
    sample: Path, sign: Callable[..., Path]
) -> None:
    path = sign("scope", "kavita.rao", "compliance-officer")
    edit(path, "decision: approve", "decision: yes-of-course")
    page = build(sample)["signoffs/"]
    assert "In roster" not in words(row(page, "kavita.rao", "Has errors"))
    assert "yes-of-course" in words(page)
    assert "Compliance Officer Due Can sign: Kavita Rao" in words(page[: page.index('id="changes"')])


def test_missing_record_says_when_it_is_due_and_not_how_it_is_written(sample: Path) -> None:
    pages = build(sample)
    minutes = words(section(pages["changes/"], "CAB minutes"))
    assert "No CAB minutes yet Due It is due now, in phase 1, Planning & Scope Definition." in minutes
    assert "01-planning" not in minutes
    for address in ("compliance/", "development/", "testing/", "notes/", "notes/internal/"):
        assert "Not due" in words(pages[address])
        assert GREEN not in pages[address]


def test_record_missing_in_a_phase_that_is_over_is_missing(sample: Path) -> None:
    (sample / "releases/2.5.0/03-development/scans.yaml").unlink()
    pages = build(sample, "2.5.0")
    scans = section(pages["development/"], "Security scans")
    assert "Security scans: missing Missing" in words(scans)
    assert GREEN not in scans
    assert "Missing Security scans: to be written 3.1" in words(pages[""])


def test_what_does_not_apply_gives_reason_and_name(sample: Path) -> None:
    facts = sample / "releases/2.6.0/release.yaml"
    statement = 'not_applicable:\n  "1.2": {reason: The board met on paper, approved_by: helen.byrne}\n'
    facts.write_text(facts.read_text() + statement)
    unsigned = build(sample)
    assert "Accepted by Helen Byrne" not in words(unsigned["changes/"]) + words(unsigned[""])
    assert "Helen Byrne has not signed that" in words(unsigned[""])

    assert run("sign", "2.6.0", "1.2", "--as", "helen.byrne", cwd=sample).code == 0
    pages = build(sample)
    assert "1.2 does not apply" in words(pages["signoffs/"])
    assert "The board met on paper. Accepted by Helen Byrne." in words(pages["changes/"])
    assert "Not applicable" in words(row(section(pages[""], "Phases"), "1.2"))


def test_broken_record_shows_its_errors_and_nothing_of_its_content(sample: Path) -> None:
    edit(sample / SCOPE, "target_date: 2027-02-15", "target_date: soon")
    page = section(build(sample)["changes/"], "Scope")
    assert "Release scope has errors" in words(page)
    assert 'href="../../../rules/invalid-value/"' in page
    assert f"{SCOPE}:3:14" in words(page)
    assert "rp-record" not in page
    assert GREEN not in page


def test_draft_says_how_much_waits(sample: Path) -> None:
    edit(sample / CHANGES, "risk: medium", "risk: <fill in low, medium or high>")
    page = words(section(build(sample)["changes/"], "Change log"))
    assert "Change log is being written In progress 1 place waits to be filled in." in page


def test_release_without_its_facts_still_has_every_page(sample: Path) -> None:
    before = set(build(sample))
    (sample / "releases/2.6.0/release.yaml").unlink()
    pages = build(sample)
    assert set(pages) == before
    assert "Release: missing" in words(pages[""])
    assert "<h1>" in pages["notes/internal/"]


def test_author_text_comes_out_inert(sample: Path, sign: Callable[..., Path]) -> None:
    quoted = "'" + HOSTILE + "'"
    edit(sample / "releases/2.6.0/release.yaml", "title: Partner settlement reports", f"title: {quoted}")
    text = (sample / CHANGES).read_text()
    (sample / CHANGES).write_text(re.sub(r"title: .*", f"title: {quoted}", text, count=1))
    links = "[a](javascript:alert(3)) [b](data:text/html,x) [c](https://example.com)"
    body = f'{HOSTILE}\n\n<p class="rp-status rp-status--done" style="color:red">Done</p>\n\n{links}'
    edit(sample / SCOPE, "## Out of scope", f"{body}\n\n## Out of scope")
    sign("scope", "kavita.rao", "compliance-officer", note=quoted)
    for page in build(sample).values():
        assert not re.search(r"<(script|img|iframe|style)", page)
        assert not re.search(r"<[^>]*\s(on[a-z]+|style)\s*=", page)
        assert not re.search(r'href="(javascript|data):', page)
    pages = build(sample)
    assert f"2.6.0 {HOSTILE}" in words(re.findall(r"<h1>.*?</h1>", pages[""])[0])
    assert HOSTILE in words(section(pages["changes/"], "Change log"))
    scope = section(pages["changes/"], "Scope")
    frame = scope[scope.index('<div class="rp-record"') :]
    frame = frame[: frame.index('<p class="rp-record__source"')]
    assert "{{ 7 * 7 }}" in frame
    assert not re.search(r"<[^>]*\sclass=", frame.partition(">")[2])
    assert 'href="https://example.com"' in frame


def test_public_notes_lead_with_disclosures_and_internal_ones_stand_apart(sample: Path) -> None:
    pages = build(sample, "2.4.0")
    public, internal = pages["notes/"], pages["notes/internal/"]
    assert public.index('id="disclosures"') < public.index('<div class="rp-record"')
    assert "Internal: not for customers" in internal
    assert "Audit notes" in internal
    assert "Audit notes" not in public


def test_change_without_independent_review_stands_out(sample: Path) -> None:
    path = sample / "releases/2.5.0/03-development/code-review.yaml"
    path.write_text(re.sub(r"@commit:[^@]+@", "a" * 40, path.read_text()))
    edit(path, "- ticket: PAY-240", "- ticket: PAY-999")
    text = path.read_text()
    path.write_text(re.sub(r"reviewers: \[.*?\]", "reviewers: [priya.menon]", text, count=1))
    review = section(build(sample, "2.5.0")["development/"], "Code review")
    assert "No review" in words(row(review, "PAY-240"))
    assert "Not in the change log" in words(row(review, "PAY-999"))
    assert "An author reviewed the change." in words(row(review, "CON-12"))


def test_duties_that_overlap_are_named(sample: Path) -> None:
    path = sample / "releases/2.5.0/04-testing/access-log.yaml"
    text = re.sub(r"@sha256:[^@]+@", "a" * 64, path.read_text())
    path.write_text(re.sub(r"deployers: \[(.*?)\]", r"deployers: [\1, meera.iyer]", text, count=1))
    duties = words(section(build(sample, "2.5.0")["testing/"], "Access and duties"))
    assert "Not kept Meera Iyer stands in two lists." in duties


def test_every_link_between_pages_arrives(sample: Path) -> None:
    assessment = assess(sample, read(sample / "mkdocs.yml"), AS_OF)
    pages = {page.uri: page.html for page in book.portal_pages(assessment)}
    for release in assessment.portal.releases:
        pages |= {page.uri: page.html for page in book.release_pages(assessment, release)}
        assert {f"releases/{release.version}/{path}" for _, path in PAGES} <= pages.keys()
    ids = {uri: set(re.findall(r'\sid="([^"]+)"', page)) for uri, page in pages.items()}
    broken = [
        (uri, link)
        for release in assessment.portal.releases
        for uri in (f"releases/{release.version}/{address}" for address in MINE)
        for link in _broken(uri, pages[uri], ids)
    ]
    assert not broken


def _broken(uri: str, page: str, ids: Mapping[str, set[str]]) -> Iterator[str]:
    """Links of a page that lead to no page, or to no place on it."""
    for link in re.findall(r'href="([^"]+)"', page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, fragment = html.unescape(link).partition("#")
        target = posixpath.normpath(posixpath.join(uri, path)) + "/"
        if target not in ids or (fragment and fragment not in ids[target]):
            yield link


def test_ids_are_unique_on_each_page(sample: Path) -> None:
    for version in ("2.4.0", "2.6.0"):
        pages = build(sample, version)
        for address, page in ((one, pages[one]) for one in MINE):
            ids = re.findall(r'\sid="([^"]+)"', page)
            assert len(ids) == len(set(ids)), address
