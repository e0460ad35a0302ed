"""Every page made from records, and every file for programs: made, set into the theme, written."""

from pathlib import Path

from release_portal import exports, pages
from release_portal.assess import Assessment
from release_portal.exports._export import Export
from release_portal.pages._page import Page, PageKind, PortalPages, ReleasePages
from release_portal.registry import collect
from release_portal.release import Release
from release_portal.shell import Shell


def portal_pages(assessment: Assessment) -> tuple[Page, ...]:
    """The pages that the portal has once, in order of their kinds."""
    kinds = (kind for kind in _kinds() if isinstance(kind, PortalPages))
    return tuple(page for kind in kinds for page in kind.build(assessment))


def release_pages(assessment: Assessment, release: Release) -> tuple[Page, ...]:
    """The pages of a release, in order of their kinds."""
    kinds = (kind for kind in _kinds() if isinstance(kind, ReleasePages))
    return tuple(page for kind in kinds for page in kind.build(assessment, release))


def write(assessment: Assessment, shell: Shell, site_dir: Path, taken: set[str]) -> int:
    """Write every page below a folder, release by release; gives their number.

    `taken` are the paths that other files of the site have.

    Raises:
        FileExistsError: two pages, or a page and another file, want one path.

    """
    count = 0
    for page, html in shell.portal():
        count += _write(page, html, site_dir, taken)
    for release in assessment.portal.releases:
        for page, html in shell.release(release.version, release_pages(assessment, release)):
            count += _write(page, html, site_dir, taken)
    for export in collect(exports, "EXPORT", Export):
        for file in export.files(assessment):
            _put(file.path, file.text, site_dir, taken)
    return count


def _kinds() -> list[PageKind]:
    return sorted(collect(pages, "PAGE", PageKind), key=lambda kind: (kind.order, kind.name))


def _write(page: Page, html: str, site_dir: Path, taken: set[str]) -> int:
    """Write a page and the files beside it."""
    for name, text in ((page.file, html), *((f"{page.uri}{name}", text) for name, text in page.files)):
        _put(name, text, site_dir, taken)
    return 1


def _put(name: str, text: str, site_dir: Path, taken: set[str]) -> None:
    if name in taken:
        raise FileExistsError(f"{name} is wanted twice")
    taken.add(name)
    path = site_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
