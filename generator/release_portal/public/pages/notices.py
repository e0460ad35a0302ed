"""What customers and the public were told, the newest first."""

from collections.abc import Iterable

from release_portal.pages._page import Page
from release_portal.public.pages._public_page import PublicPages
from release_portal.public.render import render
from release_portal.public.values import PublicPortal


def build(portal: PublicPortal) -> Iterable[Page]:
    """Give the list."""
    html = render("notices.html", "notices/", portal=portal)
    yield Page(uri="notices/", title="Notices", html=html, description=f"Every notice of {portal.name}.")


PAGE = PublicPages(name="notices", order=20, build=build)
