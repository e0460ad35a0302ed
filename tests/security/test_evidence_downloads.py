"""Evidence in the portal: what is listed is saved under its own name, and never opened as a page."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from release_portal import settings
from release_portal.assess import assess
from release_portal.downloads import downloads
from release_portal.failure import Failure
from release_portal.site import build
from tests.conftest import copy_sample
from tests.security.test_files import bombs
from tests.security.test_strings import served


def test_evidence_is_saved_and_never_opened(
    tmp_path: Path, browser: Browser, record_property: Callable[[str, object], None]
) -> None:
    root = copy_sample(tmp_path / "portal")
    folder = root / "releases/2.5.0"
    record, listed = next(folder.glob("*/access-log.yaml")), ""
    for name, content in bombs().items():
        (folder / "evidence" / name).write_bytes(content)
        listed += (
            f"  - {{path: evidence/{name}, sha256: {hashlib.sha256(content).hexdigest()}, describes: x}}\n"
        )
    (folder / "evidence/unlisted.html").write_text("<script>window.PWNED=1</script>")
    record.write_text(record.read_text().replace("\nevidence:\n", f"\nevidence:\n{listed}", 1))
    assert listed in record.read_text()
    build(root / "mkdocs.yml", tmp_path / "site", search=False)
    place = tmp_path / "site/releases/2.5.0/evidence"
    active = [
        path
        for path in place.iterdir()
        if path.name not in {"index.html", "sha256sums.txt"} and path.suffix != ".bin"
    ]
    assert active == []
    assert not (place / f"{hashlib.sha256(b'<script>window.PWNED=1</script>').hexdigest()[:63]}").exists()
    page = browser.new_page(accept_downloads=True)
    with served(tmp_path / "site") as address:
        page.goto(f"{address}releases/2.5.0/evidence/", wait_until="domcontentloaded")
        for name, content in bombs().items():
            with page.expect_download() as saved:
                page.locator(f'a[download="{name}"]').click()
            assert saved.value.suggested_filename == name
            assert Path(saved.value.path()).read_bytes() == content
        assert page.locator('a[download="unlisted.html"]').count() == 0
        assert page.evaluate("window.PWNED") is None
    page.close()
    record_property("hostile evidence files, saved and not opened", len(bombs()))


def test_what_changed_while_the_portal_was_built_is_not_published(tmp_path: Path) -> None:
    root = copy_sample(tmp_path / "portal")
    release = assess(root, settings.read(root / "mkdocs.yml")).portal.release("2.5.0")
    assert release is not None
    offered = list(downloads(root, release))
    for path in release.evidence:
        (root / release.folder / path).write_text("other")
    assert offered
    with pytest.raises(Failure, match="changed while the portal was built"):
        offered[0][1](str(tmp_path / "copy"))
