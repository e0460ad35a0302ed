"""The files of a site that are no page made from records: what lies in docs/, styles and scripts, the list of pages."""

import gzip
import shutil
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from release_portal.assess import Assessment
from release_portal.failure import Misconfigured
from release_portal.pages._page import Page
from release_portal.plain._configuration import Configuration
from release_portal.plain._shell import THEME

_ASSETS = "assets"


def copy(configuration: Configuration, site_dir: Path) -> set[str]:
    """Write styles, scripts and what lies in docs/ beside the pages, and give the paths. What lies in docs/ wins."""
    found = {
        f"{_ASSETS}/{path}": folder / path
        for folder in (THEME / _ASSETS, configuration.overrides / _ASSETS)
        for path in _below(folder)
    }
    found |= {path: configuration.docs / path for path in configuration.files if not path.endswith(".md")}
    for path, source in found.items():
        target = site_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return set(found)


def put(site_dir: Path, files: Mapping[str, str | bytes], taken: set[str]) -> None:
    """Write files by their paths.

    Raises:
        Misconfigured: another file has such a path.

    """
    for path, content in files.items():
        if path in taken:
            raise Misconfigured(f"{path} is wanted twice", "rename one of the two files in docs/")
        taken.add(path)
        target = site_dir / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def sitemap(
    configuration: Configuration, pages: Iterable[Page], assessment: Assessment
) -> dict[str, str | bytes]:
    """The list of the pages by hand for search engines, as dated as the site; it is empty where nobody said where that is."""
    day = assessment.portal.as_of.date().isoformat()
    urls = (
        f"<url><loc>{escape(configuration.url + page.uri)}</loc><lastmod>{day}</lastmod></url>\n"
        for page in (pages if configuration.url else ())
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    text = f"{head}{''.join(urls)}</urlset>\n"
    return {"sitemap.xml": text, "sitemap.xml.gz": gzip.compress(text.encode(), mtime=0)}


def _below(folder: Path) -> Iterator[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return iter(sorted(path.relative_to(folder).as_posix() for path in paths))
