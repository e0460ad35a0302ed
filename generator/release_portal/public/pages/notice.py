"""A notice as it was sent."""

from collections.abc import Iterable

from release_portal.pages._page import Page
from release_portal.public.pages._public_page import PublicPages
from release_portal.public.render import render
from release_portal.public.values import PublicPortal


def build(portal: PublicPortal) -> Iterable[Page]:
    """Give a page for each notice, the newest first."""
    for notice in portal.notices:
        html = render("notice.html", notice.uri, portal=portal, notice=notice)
        yield Page(
            uri=notice.uri, title=notice.subject, html=html, label="Notice", description=notice.subject
        )


PAGE = PublicPages(name="notice", order=21, build=build)
