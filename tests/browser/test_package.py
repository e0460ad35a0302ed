"""The pages of an audit package, opened from a disk in a real browser."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import Run, run


@pytest.fixture(scope="module")
def pages(demo: tuple[Path, Run], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pages in an unpacked package."""
    folder = tmp_path_factory.mktemp("package")
    done = run("package", "2.4.0", "-o", str(folder / "out.zip"), "--report", "html", cwd=demo[0])
    assert done.code == 0, done.err
    with zipfile.ZipFile(folder / "out.zip") as archive:
        archive.extractall(folder)
    return folder / "audit-package-2.4.0/data/pages"


def test_every_link_of_three_pages_opens_and_nothing_else_is_loaded(browser: Browser, pages: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith("file://") else wrong.append(one.url))
    home = pages / "releases/2.4.0"
    opened = 0
    for start in (pages / "index.html", home / "index.html", home / "evidence/index.html"):
        page.goto(start.as_uri())
        links = page.eval_on_selector_all("main a[href], .frame a[href]", "all => all.map(one => one.href)")
        assert links
        for link in dict.fromkeys(one for one in links if one.startswith("file://")):
            path, _, fragment = link.removeprefix("file://").partition("#")
            assert Path(path).is_file(), link
            if path.endswith(".html"):
                page.goto(link)
                assert page.locator("h1").count() == 1, link
                assert not fragment or page.evaluate("one => !!document.getElementById(one)", fragment), link
            opened += 1

    context.close()
    assert wrong == []
    assert opened > 60


def test_a_click_leads_from_the_list_to_the_release_and_to_a_page_of_it(
    browser: Browser, pages: Path
) -> None:
    page = browser.new_page()
    page.goto((pages / "index.html").as_uri())

    page.get_by_role("link", name="2.4.0", exact=True).click()
    assert page.url.endswith("/releases/2.4.0/index.html")
    page.get_by_role("link", name="Deployment", exact=True).first.click()
    assert page.url.endswith("/releases/2.4.0/deployment/index.html")
    assert page.evaluate("getComputedStyle(document.querySelector('table')).borderCollapse") == "collapse"
    page.close()
