"""Hostile text in every text field of every record type: it is shown as text, wherever it is shown."""

import csv
import io
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jinja2 import Environment
from markupsafe import Markup
from playwright.sync_api import Browser

from release_portal import board, book, exports, output, site
from release_portal.assess import Assessment
from release_portal.board._board import board as board_of
from release_portal.board._format import Format as BoardFormat
from release_portal.board._format import Screen
from release_portal.commands._invocation import Invocation
from release_portal.commands._report import report_of
from release_portal.exports._export import Export
from release_portal.making import Manner
from release_portal.output._format import Format
from release_portal.pages import registers
from release_portal.pages._page import PortalPages
from release_portal.pages.registers._all import all_rows
from release_portal.pages.registers._register import Register
from release_portal.registry import collect
from tests.security import oracles
from tests.security.payloads import PAYLOADS
from tests.security.planting import CANARY, Plot, plant, portal
from tests.security.scorecard import FULL, SEED
from tests.serving import served

Told = Callable[[str, object], None]
_LINES = {name for name, text in PAYLOADS.items() if "\n" in text}
_LARGE = {"long", "regular"}
# What is shown together: texts of one line, forwards and backwards, and each of several lines by itself.
_SHOWN = [
    text
    for name, text in PAYLOADS.items()
    if name not in _LINES | _LARGE and not oracles.control_characters(text)
]
GROUPS = {
    "forwards": " ".join(_SHOWN),
    "backwards": " ".join(reversed(_SHOWN)),
    **{name: text for name, text in PAYLOADS.items() if name in _LINES},
}


# The sample has ten times the fields of the base, and takes ten times as long.
SAMPLED = set(PAYLOADS if FULL else random.Random(SEED).sample(sorted(PAYLOADS), 12))


def told(plot: Plot, assessment: Assessment) -> dict[str, str]:
    """What the command line says in each format."""
    report = report_of(Invocation(plot.root), assessment)
    screen = Screen(80, 0, colour=False)
    status = board_of(plot.root, assessment, None)
    return {one.name: one.render(report) for one in collect(output, "FORMAT", Format)} | {
        f"status {one.name}": one.render(status, screen) for one in collect(board, "FORMAT", BoardFormat)
    }


def shown(assessment: Assessment) -> dict[str, str]:
    """What the portal shows, before it is set into the theme: pages, files beside them, files for programs."""
    kinds = [
        kind
        for kind in book._kinds()
        if isinstance(kind, PortalPages) and kind.name not in {"rules", "records"}
    ]
    pages = [page for kind in kinds for page in kind.build(assessment)]
    pages += [page for one in assessment.portal.releases for page in book.release_pages(assessment, one)]
    found = {page.file: page.html for page in pages}
    found |= {f"{page.uri}{name}": text for page in pages for name, text in page.files}
    return found | {
        file.path: file.text for one in collect(exports, "EXPORT", Export) for file in one.files(assessment)
    }


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_commands_nothing_and_leaks_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Told
) -> None:
    monkeypatch.chdir(tmp_path)
    fields = 0
    for which, everywhere in ((("sample", True),) if name in SAMPLED else ()) + (
        ("base", True),
        ("base", False),
    ):
        plot = plant(tmp_path / f"{which}{everywhere}", which, PAYLOADS[name], everywhere=everywhere)
        fields += plot.planted
        assessment = plot.assess()
        texts = told(plot, assessment)
        for format_, text in texts.items():
            own = len(assessment.findings) if format_ == "github" else 0
            assert oracles.control_characters(text) == 0, format_
            assert oracles.leaked(text) == 0, format_
            assert oracles.calculated(text) == 0, format_
            assert oracles.commands(text, own) == 0, (
                format_,
                [line for line in text.splitlines() if "::" in line or "##[" in line][:3],
            )
        for format_ in ("json", "sarif", "gitlab", "status json"):
            json.loads(texts[format_])
    assert oracles.ran(tmp_path) == 0
    assert fields > (700 if name in SAMPLED else 15)
    record_property("fields with hostile text, checked", fields)


_ALL, _FURTHER = "all-1.html", re.compile(r".*/all-[0-9]+\.html\Z")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """How many nodes of each page could run or load something where the records are honest."""
    assessment = plant(tmp_path_factory.mktemp("plain") / "p", "sample", "plain words").assess()
    found = {path: text for path, text in shown(assessment).items() if path.endswith(".html")}
    register = collect(registers, "REGISTER", Register)[0]  # honest registers are too short to go on
    ((_, found[_ALL]),) = all_rows(register, [Markup()], assessment.portal)
    return {path: oracles.active_nodes(text) for path, text in found.items()}


@pytest.mark.parametrize("group", GROUPS)
def test_hostile_text_is_text_on_every_page(
    group: str, plain: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Told
) -> None:
    monkeypatch.chdir(tmp_path)
    pages = cells = 0
    plot = plant(tmp_path / "hostile", "sample", GROUPS[group])
    for path, text in shown(plot.assess()).items():
        assert oracles.leaked(text) == oracles.calculated(text) == 0, path
        assert oracles.control_characters(text) == 0, path
        if path.endswith(".html"):
            pages += 1
            assert oracles.active_nodes(text) <= plain.get(_FURTHER.sub(_ALL, path), 0), path
            assert oracles.forged_marks(text) == 0, path
        elif path.endswith(".csv"):
            cells += sum(map(len, csv.reader(io.StringIO(text))))
            assert oracles.formulas(text) == 0, path
        elif path.endswith(".json"):
            json.loads(text)
    assert oracles.ran(tmp_path) == 0
    assert pages > 50
    assert plot.planted > 200
    record_property("fields with hostile text, shown", plot.planted)
    record_property("pages without an active node", pages)
    record_property("CSV cells without a formula", cells)


def test_nothing_runs_in_a_browser(tmp_path: Path, browser: Browser, record_property: Told) -> None:
    root = plant(tmp_path / "hostile", "sample", GROUPS["forwards"]).root
    site.build(root / "mkdocs.yml", tmp_path / "site", search=False, manner=Manner(1))
    found = [path for path in sorted((tmp_path / "site").rglob("*.html")) if "PWNED" in path.read_text()]
    assert len(found) > 30
    found = found if FULL else random.Random(SEED).sample(found, 15)
    page = browser.new_page()
    asked: list[str] = []
    page.on("response", lambda response: asked.append(response.url))
    with served(tmp_path / "site") as address:
        for path in found:
            page.goto(f"{address}{path.relative_to(tmp_path / 'site')}", wait_until="domcontentloaded")
            page.mouse.move(300, 300)
            assert page.evaluate("window.PWNED") is None, path
            assert oracles.calculated(page.content()) == 0, path
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert oracles.ran(tmp_path) == 0
    record_property("pages in Chromium, nothing ran", len(found))
    page.close()


# Controls: what each oracle says of something that is not safe. An oracle that cannot be lit proves nothing.


def test_the_oracles_light_up_on_unsafe_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    root = portal(tmp_path / "p", "base")
    assert oracles.calculated(Environment().from_string(PAYLOADS["jinja-run"]).render()) == 1
    assert oracles.ran(tmp_path) == 1
    yaml.unsafe_load("!!python/object/apply:os.mkdir [PWNED2]")
    assert oracles.ran(tmp_path) == 2
    (root / "link.md").symlink_to(root / PAYLOADS["path"].removeprefix("../"))
    assert oracles.leaked((root / "link.md").read_text()) == 1
    assert CANARY in (root / "link.md").read_text()
    for name in ("escape", "csi", "carriage", "bidi", "zero-width"):
        assert oracles.control_characters(PAYLOADS[name]) > 0, name
    for name in ("annotation", "annotation-lines", "annotation-old"):
        assert oracles.commands(f"  {PAYLOADS[name]}\n") > 0, name
    for name in ("formula", "formula-plus", "formula-at", "formula-space", "formula-wide"):
        out = io.StringIO()
        csv.writer(out).writerow(["x", PAYLOADS[name]])
        assert oracles.formulas(out.getvalue()) == 1, name
    for name in ("mark", "mark-html"):
        assert oracles.forged_marks(PAYLOADS[name]) == 1, name


UNSAFE = ("script", "handler", "svg", "textarea", "comment", "iframe", "json")


@pytest.mark.parametrize("name", [*UNSAFE, "attribute", "base", "style", "form", "image-html"])
def test_the_oracle_of_active_nodes_lights_up(name: str) -> None:
    text = PAYLOADS.get(name, '<img src="https://example.invalid/pixel.png">')
    assert oracles.active_nodes(f'<p title="{text}">') + oracles.active_nodes(f"<p>{text}</p>") > 0


@pytest.mark.parametrize("name", UNSAFE)
def test_the_browser_runs_what_is_not_escaped(name: str, tmp_path: Path, browser: Browser) -> None:
    target = tmp_path / "page.html"
    target.write_text(
        f"<!doctype html><title>{PAYLOADS[name] if name == 'textarea' else ''}</title><p>{PAYLOADS[name]}</p><script>{PAYLOADS[name] if name == 'json' else ''}</script>"
    )
    page = browser.new_page()
    page.goto(target.as_uri())
    page.wait_for_timeout(50)
    assert page.evaluate("window.PWNED") == 1
    page.close()


def test_a_program_beside_the_records_is_never_run(tmp_path: Path) -> None:
    """P5: names of modules that Python, MkDocs and its plugins would take from the folder where they start."""
    root = portal(tmp_path / "p", "base")
    code = f"open({str(tmp_path / 'PWNED')!r}, 'w')\n"
    for name in (
        "yaml.py",
        "git.py",
        "jinja2.py",
        "hooks.py",
        "conftest.py",
        "sitecustomize.py",
        "usercustomize.py",
    ):
        for folder in (root, root / "releases/1.0.0", root / "releases"):
            (folder / name).write_text(code)
    command = [Path(sys.executable).parent / "release-portal", "-C", root, "check"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert oracles.ran(tmp_path) == 0
