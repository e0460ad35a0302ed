"""The evidence report: a document for a regulator, as PDF and as HTML, that reads nothing but its own fonts."""

import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import TableCellBox, TextBox
from weasyprint.text.fonts import FontConfiguration

from release_portal import settings
from release_portal.assess import Assessment, assess
from release_portal.audit.instant import instant_of
from release_portal.audit.report import _pdf, _report
from release_portal.records.deployments import Deployments
from tests.conftest import Run, copy_base, run

VERSION, TITLE = "2.4.0", "Instant payouts"
CHAPTERS = (
    "Summary",
    "Deliverables",
    "Sign-offs and proof",
    "Changes and reviews",
    "Risk and controls",
    "Tests and scans",
    "Decision and deployment",
    "Timeline",
    "After the deployment",
    "Retrospective",
    "Evidence and references",
    "Digests of all records",
)


def packed(portal: Path, version: str, target: Path, *options: str) -> tuple[Run, dict[str, bytes]]:
    """What `package` says, and the report files of the package."""
    done = run("package", version, "-o", str(target), *options, cwd=portal)
    assert done.code == 0, done.err
    with zipfile.ZipFile(target) as archive:
        names = [name for name in archive.namelist() if "/data/report/" in name]
        return done, {name.rpartition("/")[2]: archive.read(name) for name in names}


@pytest.fixture(scope="module")
def document(demo: tuple[Path, Run], tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    folder = tmp_path_factory.mktemp("report")
    _, files = packed(demo[0], VERSION, folder / "out.zip")
    (folder / "report.pdf").write_bytes(files[f"{VERSION}.pdf"])
    return PdfReader(folder / "report.pdf")


@pytest.fixture(scope="module")
def pages(document: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in document.pages]


def test_contents_name_the_page_on_which_each_chapter_begins(document: PdfReader, pages: list[str]) -> None:
    numbers = re.match(r"([\d ]+) Contents ", pages[1])
    assert numbers
    told = dict(zip(CHAPTERS, map(int, numbers[1].split()), strict=True))

    for number, (title, page) in enumerate(told.items(), start=1):
        assert f" {number} {title} " in pages[1]
        assert re.search(rf"\b{number} {title}\b", pages[page - 1]), title
    outline = [one.title for one in document.outline if isinstance(one, DictionaryObject)]
    assert outline[2:] == [f"{number} {title}" for number, title in enumerate(CHAPTERS, start=1)]


def test_every_page_says_of_which_release_commit_and_how_many_pages(
    demo: tuple[Path, Run], pages: list[str]
) -> None:
    command = ["git", "rev-parse", f"v{VERSION}^{{commit}}"]
    product = demo[0] / "repositories/platform"
    commit = subprocess.run(command, cwd=product, capture_output=True, text=True, check=True).stdout[:12]
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert commit in text
        assert number == 1 or f"Release {VERSION} {TITLE}" in text


def test_it_holds_every_deliverable_sign_off_and_digest(
    demo: tuple[Path, Run], document: PdfReader, pages: list[str]
) -> None:
    text = " ".join(pages)
    asked = [one.number for one in settled(demo[0]).portal.process.deliverables]
    deliverables = " ".join(_chapter(pages, "Deliverables"))
    assert len(asked) == 27
    assert [number for number in asked if f" {number} " not in deliverables] == []
    signoffs = " ".join(_chapter(pages, "Sign-offs and proof"))
    files = sorted((demo[0] / f"releases/{VERSION}/signoffs").rglob("*.yaml"))
    assert signoffs.count("Signed") - signoffs.count("Digest signed") >= len(files) == 21
    digests = re.findall(r"\b[0-9a-f]{64}\b", " ".join(pages[-8:]))
    kept = [path for path in (demo[0] / f"releases/{VERSION}").rglob("*") if path.is_file()]
    assert len(digests) == len(kept)
    for words in (
        "Complete. 26 of 27",
        "Good signature",
        "PCI DSS 4.0.1",
        "EX-7",
        "What went well",
    ):
        assert words in text, words
    for title, words in (
        ("Changes and reviews", "PAY-2"),
        ("Tests and scans", "scan-sast.sarif"),
        ("After the deployment", "KPI"),
    ):
        assert words in " ".join(_chapter(pages, title)), title
    assert "No rule faults their order" in " ".join(_chapter(pages, "Timeline"))
    assert "Not checked here" in text  # what is only linked is not passed off as looked at


def _chapter(pages: list[str], title: str) -> list[str]:
    """The pages of a chapter: from the one that its line of the contents names to that of the next."""
    numbers = [int(one) - 1 for one in pages[1].partition(" Contents ")[0].split()]
    at = CHAPTERS.index(title)
    return pages[numbers[at] : [*numbers, len(pages)][at + 1]]


def test_a_table_over_several_pages_has_its_head_on_each(pages: list[str]) -> None:
    for title, head in (("Deliverables", "Records and digests"), ("Sign-offs and proof", "Time (UTC)")):
        found = _chapter(pages, title)
        assert len(found) > 1
        assert all(head in text or "Fingerprint" in text for text in found)


def test_it_is_tagged_and_says_title_language_and_time(document: PdfReader) -> None:
    root = document.trailer["/Root"]
    tags = Counter(_tags(root["/StructTreeRoot"]["/K"]))

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert document.metadata is not None
    assert (
        document.metadata.title == f"Evidence report of release {VERSION} {TITLE}, DealSphere release portal"
    )
    assert document.metadata["/CreationDate"] == "D:20261124123000Z" == document.metadata["/ModDate"]
    assert tags["/H1"] == 1
    assert tags["/H2"] == len(CHAPTERS) + 2
    assert tags["/Figure"] == 1
    assert min(tags["/Table"], tags["/TH"], tags["/Link"]) >= len(CHAPTERS)


def _tags(node: Any) -> list[str]:
    """The kind of each element of the structure below a node."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for one in node for tag in _tags(one)]
    if not hasattr(node, "get"):
        return []
    own = [node["/S"]] if "/S" in node else []
    return own + (_tags(node["/K"]) if "/K" in node else [])


def test_only_fonts_of_the_theme_are_in_it_and_all_are_embedded(document: PdfReader) -> None:
    found = {}
    for page in document.pages:
        for entry in page["/Resources"]["/Font"].values():
            font = entry.get_object()
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            found[font["/BaseFont"].partition("+")[2]] = (
                "/FontFile2" in descriptor or "/FontFile3" in descriptor
            )
    assert found
    assert all(found.values())
    assert all(name.startswith(("RP-Sans", "RP-Mono")) for name in found), found


def test_no_line_of_a_page_is_cut_off(demo: tuple[Path, Run]) -> None:
    """As the engine lays it out: every line ends before the margin."""
    made = settled(demo[0])
    release = made.portal.release(VERSION)
    assert release
    html, fetcher, fonts = _report.document(made, release), _pdf._fetcher(), FontConfiguration()
    faces = CSS(string=_report._fonts(html), url_fetcher=fetcher, font_config=fonts)
    laid = HTML(string=html, url_fetcher=fetcher).render(stylesheets=[faces], font_config=fonts)
    lines = 0
    for page in laid.pages:
        box = page._page_box
        for one in box.descendants():
            if isinstance(one, TextBox):
                lines += 1
                assert one.position_x >= box.margin_left - 1, one.text
                assert one.position_x + one.width <= page.width - box.margin_right + 1, one.text
    assert lines > 1000


def settled(portal: Path) -> Assessment:
    return assess(portal, settings.read(portal / "mkdocs.yml"), instant_of(portal))


# --- what is in records is not trusted ------------------------------------------------------------------------------

HOSTILE = """
<img src="file://{place}/canary.png"><link rel="stylesheet" href="file://{place}/canary.css">
<link rel="attachment" href="file://{place}/canary.txt"><object data="file://{place}/canary.txt"></object>
<style>@import url("file://{place}/canary.css"); @font-face {{ font-family: x; src: url("file://{place}/canary.woff2") }}
h1 {{ font-family: x; background: url("file://{place}/canary.png") }}</style>
<svg width="9" height="9"><image href="file://{place}/canary.png" width="9" height="9"/><use href="file://{place}/canary.svg#a"/></svg>
<a href="font:../../../../../../..{place}/canary.txt">x</a><img src="font:../../canary.png"><img src="data:text/plain,x">
<img src="http://127.0.0.1:{port}/canary.png"><iframe src="file:///etc/passwd"></iframe>
"""
WATCH = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event in ("open", "socket.connect", "urllib.Request") else None)
from pathlib import Path
from release_portal.audit.report._pdf import pdf
made = pdf(Path(sys.argv[1]).read_text(), "")
assert made.startswith(b"%PDF")
opened += [made.decode("latin-1")]
sys.exit(any("canary" in one or "passwd" in one for one in opened))
"""


def test_the_engine_opens_no_file_and_no_socket_whatever_the_html_says(tmp_path: Path) -> None:
    for name in ("canary.png", "canary.css", "canary.txt", "canary.woff2", "canary.svg"):
        (tmp_path / name).write_text("canary")
    page = tmp_path / "page.html"
    page.write_text(f"<html><body>{HOSTILE.format(place=tmp_path, port=9)}<h1>x</h1></body></html>")
    good = tmp_path / "good.html"
    good.write_text("<p>x</p>")

    for html in (good, page):
        done = subprocess.run(
            [sys.executable, "-c", WATCH, str(html)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_is_no_font_of_the_theme_is_refused() -> None:
    fetcher = _pdf._fetcher()
    assert fetcher.fetch("font:ibm-plex-mono-latin-400-normal.woff2").read()[:4] == b"wOF2"
    for name in (
        "file:///etc/passwd",
        "font:../x.woff2",
        "font:/etc/passwd",
        "font:",
        "http://x.example/a.woff2",
    ):
        with pytest.raises(ValueError, match="loads nothing"):
            fetcher.fetch(name)


def test_markup_in_records_is_text(tmp_path: Path) -> None:
    portal = copy_base(tmp_path / "portal")
    canary = tmp_path / "canary.txt"
    canary.write_text("the canary sang")
    markup = f'<img src="file://{canary}"><link rel=attachment href="file://{canary}"><style>h1{{display:none}}</style>'
    facts = portal / "releases/1.0.0/release.yaml"
    facts.write_text(re.sub(r"(?m)^title: .*$", f"title: '{markup}'", facts.read_text()))
    for name in ("scope.md", "retrospective.md", "go-no-go.md"):
        for record in portal.rglob(name):
            record.write_text(
                f"{record.read_text()}\n{markup}\n\n![x](file://{canary})\n\n[y](file://{canary})\n"
            )

    _, files = packed(portal, "1.0.0", tmp_path / "a.zip", "--as-of", "2026-03-03", "--report", "html")
    html = files["1.0.0.html"].decode()
    assert "&lt;img src=" in html
    assert "<img" not in html
    assert "<link" not in html
    assert f'href="file://{canary}' not in html
    assert html.count("<style>") <= 2  # of the page, and of the figure

    _, files = packed(portal, "1.0.0", tmp_path / "b.zip", "--as-of", "2026-03-03", "--report", "pdf")
    (tmp_path / "b.pdf").write_bytes(files["1.0.0.pdf"])
    read = PdfReader(tmp_path / "b.pdf")
    assert not read.attachments
    assert "<img src=" in read.pages[0].extract_text()
    assert "canary sang" not in "".join(page.extract_text() for page in read.pages)


# --- without WeasyPrint --------------------------------------------------------------------------------------------

WITHOUT = """
import sys
sys.modules["weasyprint"] = None  # as where it is not installed
from release_portal.cli import main
sys.argv = ["release-portal", *sys.argv[1:]]
main()
"""


def without(portal: Path, *arguments: str) -> Run:
    command = [sys.executable, "-c", WITHOUT, *arguments]
    done = subprocess.run(command, cwd=portal, capture_output=True, text=True, check=False)
    return Run(done.returncode, done.stdout, done.stderr)


def test_without_weasyprint_the_report_is_html_and_the_command_says_so(base: Path, tmp_path: Path) -> None:
    order = ("package", "1.0.0", "--as-of", "2026-03-03", "-o")
    told = without(base, *order, str(tmp_path / "a.zip"))
    asked = without(base, *order, str(tmp_path / "b.zip"), "--report", "pdf")

    assert told.code == 0, told.err
    assert "WeasyPrint is not installed" in told.err
    assert "the evidence report is HTML" in told.err
    assert asked.code == 2
    assert "release-portal[pdf]" in asked.err
    assert not (tmp_path / "b.zip").exists()
    chosen, files = packed(base, "1.0.0", tmp_path / "c.zip", "--as-of", "2026-03-03", "--report", "html")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "c.zip").read_bytes()
    assert "WeasyPrint" not in chosen.err
    assert list(files) == ["1.0.0.html"]
    assert 'href="#deliverables"' in files["1.0.0.html"].decode()


def test_a_release_with_errors_is_reported_as_such(base: Path, tmp_path: Path) -> None:
    (base / "releases/1.0.0/01-plan/scope.md").write_text("---\nowner: [\n")
    _, files = packed(base, "1.0.0", tmp_path / "a.zip", "--as-of", "2026-03-03", "--report", "html")
    html = files["1.0.0.html"].decode()
    assert "<strong>Not complete.</strong>" in html
    assert "Has errors" in html


def test_what_is_told_of_the_portal_as_a_whole_counts_for_each_release(
    demo: tuple[Path, Run], tmp_path: Path
) -> None:
    """The counts of the cover are those of `check`, and an error of the portal is one of the release."""
    portal = Path(shutil.copytree(demo[0], tmp_path / "portal", symlinks=True))
    for name in ("people.yaml", "allowed_signers"):
        with (portal / "roster" / name).open("a") as file:
            file.write("# not committed\n")
    found = assess(portal, settings.read(portal / "mkdocs.yml"), instant_of(portal))
    release = found.portal.release(VERSION)
    assert release
    told = [*found.of(""), *found.of(VERSION)]
    errors = sum(one.severity == "error" for one in told)
    assert [one.rule for one in found.of("") if one.severity == "error"]

    html = _report.document(found, release)

    assert f"{errors} errors and" in html.partition("</header>")[0]
    assert "<strong>Not complete.</strong>" in html
    assert all(html.count(f"{one.rule}, {one.location}") for one in told)


def test_a_hotfix_tells_what_allowed_it_and_what_came_late(demo: tuple[Path, Run], tmp_path: Path) -> None:
    made = settled(demo[0])
    release = made.portal.release("2.4.1")
    assert release
    assert release.facts
    assert release.facts.emergency
    (start, *_) = sorted(
        one.started_at
        for record in release.all(Deployments)
        for one in record.value.deployments
        if one.environment == "production"
    )
    html = _report.document(made, release)
    block = html.partition(">Emergency<")[2].partition("<h3>")[0]
    assert "Helen Byrne" in block
    assert "2026-08-05" in block
    assert "Before the deployment" in block
    assert release.facts.emergency.reason[:20] in block
    after = [one for one in release.signoffs if one.value and one.value.at > start]
    assert f"<dd>{len(after)} of {len(release.signoffs)}</dd>" in block
    chapter = html.partition('id="signoffs"')[2].partition('id="controls"')[0]
    assert chapter.count("After the deployment") == len(after)
    board = html.partition("Sign-offs on the decision")[2].partition("</table>")[0]
    assert board.count("After the deployment") == sum(one.subject == "go-no-go" for one in after) > 0
    other = made.portal.release(VERSION)
    assert other
    assert ">Emergency<" not in _report.document(made, other)


def test_every_sign_off_on_the_decision_is_shown(demo: tuple[Path, Run], tmp_path: Path) -> None:
    portal = Path(shutil.copytree(demo[0], tmp_path / "portal", symlinks=True))
    board = portal / f"releases/{VERSION}/signoffs/go-no-go"
    given = next(board.glob("kavita.rao.yaml")).read_text()
    (board / "ines.duarte.yaml").write_text(
        re.sub(r"(?m)^decision: .*$", "decision: abstain", given)
        .replace("kavita.rao", "ines.duarte")
        .replace("compliance-officer", "qa-lead")
    )
    made = assess(portal, settings.read(portal / "mkdocs.yml"), instant_of(portal))
    release = made.portal.release(VERSION)
    assert release
    html = _report.document(made, release)
    board_table = html.partition("Sign-offs on the decision")[2].partition("</table>")[0]
    rows = board_table.count('<th scope="row">')
    assert rows == sum(one.subject == "go-no-go" for one in release.signoffs)
    assert "Ines Duarte" in board_table
    assert "Abstain" in board_table


def test_the_last_page_holds_digests(pages: list[str]) -> None:
    assert re.search(r"\b[0-9a-f]{64}\b", pages[-1])


def test_no_word_touches_the_next_column(demo: tuple[Path, Run]) -> None:
    """As the engine lays it out: what stands in a cell ends before the cell does."""
    made = settled(demo[0])
    release = made.portal.release("2.4.1")
    assert release
    html, fetcher, fonts = _report.document(made, release), _pdf._fetcher(), FontConfiguration()
    faces = CSS(string=_report._fonts(html), url_fetcher=fetcher, font_config=fonts)
    cells = 0
    for page in HTML(string=html, url_fetcher=fetcher).render(stylesheets=[faces], font_config=fonts).pages:
        for cell in page._page_box.descendants():
            if isinstance(cell, TableCellBox):
                cells += 1
                end = cell.position_x + cell.border_width()
                wide = [
                    one.text
                    for one in cell.descendants()
                    if isinstance(one, TextBox) and one.position_x + one.width > end
                ]
                assert wide == []
    assert cells > 500


def test_what_nobody_proved_is_not_called_complete_without_saying_so(base: Path, tmp_path: Path) -> None:
    options = ("--as-of", "2026-03-03", "--report", "html")
    _, files = packed(base, "1.0.0", tmp_path / "a.zip", *options)
    html = files["1.0.0.html"].decode()
    assert "<strong>Complete, not proved.</strong>" in html
    assert "cover__outcome--done" not in html.partition("</style>")[2]


def test_letters_beyond_western_europe_get_their_fonts() -> None:
    assert "latin-ext" not in _report._fonts("Zoë, “ok”")
    assert "latin-ext" in _report._fonts("Łukasz")
    assert "latin-ext" in _report._fonts("₹")
