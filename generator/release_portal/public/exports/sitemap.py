"""`/sitemap.xml`: the pages, as crawlers read them. Without an address of the site it lists none."""

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from release_portal.exports._export import File
from release_portal.public.exports._public_export import PublicExport
from release_portal.public.values import PublicPortal

PATH = "sitemap.xml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(portal: PublicPortal) -> Iterator[File]:
    """Give the list."""
    root = ElementTree.Element("urlset", xmlns=_SPACE)
    for path, day in _pages(portal) if portal.url else ():
        page = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(page, "loc").text = portal.url + path
        if day:
            ElementTree.SubElement(page, "lastmod").text = day.isoformat()
    ElementTree.indent(root)
    yield File(PATH, f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, "unicode")}\n')


def _pages(portal: PublicPortal) -> Iterator[tuple[str, date | None]]:
    for path in ("", "releases/", "notices/", "documentation/", *portal.guides):
        yield path, None
    for release in portal.releases:
        notes = release.notes
        yield release.uri, max(notes.published_on, release.deployed_on) if notes else release.deployed_on
    for notice in portal.notices:
        yield notice.uri, notice.sent_on


EXPORT = PublicExport("sitemap", files)
