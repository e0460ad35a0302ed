"""Every release that production runs or ran, the newest first."""

from collections.abc import Iterable

from release_portal.pages._page import Page
from release_portal.public.pages._public_page import PublicPages
from release_portal.public.render import render
from release_portal.public.values import PublicPortal


def build(portal: PublicPortal) -> Iterable[Page]:
    """Give the page."""
    html = render("releases.html", "releases/", portal=portal)
    yield Page(uri="releases/", title="Releases", html=html, description=f"Every release of {portal.name}.")


PAGE = PublicPages(name="releases", order=10, build=build)
