"""A release: its notes as an article, then its notices and documents. Of a withdrawn one, that it was."""

from collections.abc import Iterable

from release_portal.pages._page import Heading, Page
from release_portal.public.pages._public_page import PublicPages
from release_portal.public.render import render
from release_portal.public.values import PublicPortal, PublicRelease


def build(portal: PublicPortal) -> Iterable[Page]:
    """Give a page for each release."""
    for release in portal.releases:
        running = portal.production is not None and portal.production.version == release.version
        yield Page(
            uri=release.uri,
            title=f"{release.version} Withdrawn" if release.withdrawn else f"{release.version} Release notes",
            html=render("release.html", release.uri, portal=portal, release=release, running=running),
            toc=tuple(_headings(release)),
            label="Withdrawn" if release.withdrawn else "Release notes",
            description=release.notes.headline if release.notes else "",
        )


def _headings(release: PublicRelease) -> Iterable[Heading]:
    if release.notes:
        if release.notes.disclosures:
            yield Heading(2, "disclosures", "Disclosures")
        yield Heading(2, "notes", "Notes")
    if release.notices:
        yield Heading(2, "notices", "Notices")
    if release.documents:
        yield Heading(2, "documentation", "Documentation")


PAGE = PublicPages(name="release", order=11, build=build)
