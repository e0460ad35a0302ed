"""Pages put together from what the theme made once are, byte by byte, what it makes of each of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mkdocs.config import load_config

from release_portal import settings
from release_portal.assess import assess
from release_portal.book import portal_pages, release_pages
from release_portal.pages._page import Heading, Page
from release_portal.shell import MaterialShell
from tests.conftest import Run, copy_sample
from tests.test_shell import HOSTILE, PORTAL_PAGES

AS_OF = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
PRINTED = '<div class="rp-print-head"></div>'


def plain(version: str, label: str = "Notes", **more: object) -> Page:
    toc = (Heading(2, "first", "First"), Heading(3, "inner", "Inner"), Heading(2, "last", "Last"))
    page = Page(
        uri=f"releases/{version}/notes/",
        title=f"Notes of {version}",
        label=label,
        html=f"{PRINTED}<p>Text</p>",
        toc=toc,
    )
    return replace(page, **more)  # type: ignore[arg-type]  # any field of a page


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> MaterialShell:
    sample = copy_sample(tmp_path_factory.mktemp("splice") / "sample")
    return MaterialShell.from_config_file(sample / "mkdocs.yml", AS_OF, PORTAL_PAGES)


def runs(shell: MaterialShell, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the releases for which the theme runs from here on."""
    names: list[str] = []
    live = shell._splice.live

    def told(name: str, pages: Sequence[Page]) -> object:
        names.append(name)
        return live(name, pages)

    monkeypatch.setattr(shell._splice, "live", told)
    return names


@pytest.mark.parametrize("kind", ["sample", "demo"])
def test_every_page_of_every_release_is_as_the_theme_makes_it(
    kind: str, demo: tuple[Path, Run], tmp_path: Path
) -> None:
    root = demo[0] if kind == "demo" else copy_sample(tmp_path / "sample")
    assessment = assess(root, settings.read(root / "mkdocs.yml"), AS_OF)
    shell = MaterialShell.from_config_file(root / "mkdocs.yml", AS_OF, portal_pages(assessment))
    compared = 0
    for _ in range(2):  # the second time nothing is seen for the first time
        for release in assessment.portal.releases:
            pages = release_pages(assessment, release)
            assert list(shell.release(release.version, pages)) == list(shell.live(release.version, pages))
            compared += len(pages)
    assert compared > 100


def test_the_theme_runs_once_for_a_shape(shell: MaterialShell, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = runs(shell, monkeypatch)
    for minor in range(20):
        version = f"7.{minor}.0"
        pages = [plain(version, uri=f"releases/{version}/once/")]
        assert list(shell.release(version, pages)) == list(shell.live(version, pages))
    assert len(seen) == 2  # the first release, and the same with marks


@pytest.mark.parametrize(
    "more",
    [
        {"title": HOSTILE, "label": HOSTILE, "description": HOSTILE},
        {"toc": (Heading(2, HOSTILE, HOSTILE), Heading(3, "b", HOSTILE), Heading(3, "c", "C"), Heading(4, "d", "D"))},
        {"toc": (Heading(1, "top", "Top"), Heading(2, "below", "Below"))},
        {"toc": (Heading(2, "only", "Only"),)},
        {"toc": ()},
        {"html": "<p>no print head</p>"},
        {"html": f"{PRINTED}<h1>own heading</h1>zqslottitleend zqslotcontents0end"},
        {"title": "zqslotnameend", "label": "zqslottitleend"},
        {"uri": "releases/3.1.4/zqslottitleend/"},
        {"scripts": ("runbook", "register")},
        {"uri": "elsewhere/3.1.4/"},
    ],
    ids=str,
)  # fmt: skip
def test_pages_out_of_the_ordinary_are_as_the_theme_makes_them(
    shell: MaterialShell, more: dict[str, object]
) -> None:
    for version in ("3.1.3", "3.1.4", "3.1.4"):  # the shape may be known, or not
        pages = [plain(version), plain(version, **{"uri": f"releases/{version}/other/", **more})]
        assert list(shell.release(version, pages)) == list(shell.live(version, pages))


def test_a_version_that_addresses_spell_otherwise_is_as_the_theme_makes_it(shell: MaterialShell) -> None:
    for version in ("3.1.4+build.7", "3.1.4-rc.1"):
        pages = [plain(version)]
        assert list(shell.release(version, pages)) == list(shell.live(version, pages))


def test_more_shapes_than_are_kept_are_no_matter(shell: MaterialShell) -> None:
    for number in (*range(70), *range(70)):
        pages = [plain("3.0.0", uri=f"releases/3.0.0/p{number}/")]
        assert list(shell.release("3.0.0", pages)) == list(shell.live("3.0.0", pages))
    assert len(shell._splice._frames) <= 64


def test_a_theme_that_does_more_than_fill_in_is_run_for_every_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = copy_sample(tmp_path / "sample")
    content = sample / "overrides" / "partials" / "content.html"
    content.write_text(content.read_text() + "{{ page.content | length }} {{ page.meta.title | upper }}")
    config = load_config(str(sample / "mkdocs.yml"))
    assert Path(config.theme.custom_dir) == sample / "overrides"
    shell = MaterialShell.from_config_file(sample / "mkdocs.yml", AS_OF, PORTAL_PAGES)
    seen = runs(shell, monkeypatch)
    for minor in range(4):
        pages = [plain(f"3.{minor}.0", html=f"{PRINTED}{'x' * minor}")]
        assert list(shell.release(f"3.{minor}.0", pages)) == list(shell.live(f"3.{minor}.0", pages))
    assert len(seen) == 5
