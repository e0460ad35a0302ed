"""The first page: what runs in production since when, the latest releases, the latest notices."""

from collections.abc import Iterable

from markupsafe import Markup

from release_portal.pages._page import Page
from release_portal.public.pages._public_page import PublicPages
from release_portal.public.render import render
from release_portal.public.values import PublicPortal

_RELEASES, _NOTICES = 5, 3


def build(portal: PublicPortal) -> Iterable[Page]:
    """Give the page."""
    html = render(
        "home.html",
        "",
        portal=portal,
        welcome=Markup(portal.welcome),  # noqa: S704  # written by the portal's owners, made by MkDocs
        releases=portal.releases[:_RELEASES],
        notices=portal.notices[:_NOTICES],
    )
    yield Page(uri="", title=portal.name, html=html, label="Home", description=portal.description)


PAGE = PublicPages(name="home", order=0, build=build)
