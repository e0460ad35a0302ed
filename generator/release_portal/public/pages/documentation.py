"""Documents for the public: guides, references, legal texts, as the newest release lists each."""

from collections.abc import Iterable
from itertools import groupby

from release_portal.pages._page import Heading, Page
from release_portal.public.pages._public_page import PublicPages
from release_portal.public.render import kind as named
from release_portal.public.render import render
from release_portal.public.values import PublicPortal


def build(portal: PublicPortal) -> Iterable[Page]:
    """Give the page."""
    groups = [(kind, tuple(some)) for kind, some in groupby(portal.documents, key=lambda one: one.kind)]
    yield Page(
        uri="documentation/",
        title="Documentation",
        html=render("documentation.html", "documentation/", portal=portal, groups=groups),
        toc=tuple(Heading(2, kind, named(kind)) for kind, _ in groups),
        description=f"Documentation of {portal.name}.",
    )


PAGE = PublicPages(name="documentation", order=30, build=build)
