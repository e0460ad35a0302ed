"""What a page is, and the two kinds of module that make pages.

A module of this folder offers `PAGE`: a `ReleasePages`, called once for each release, or a
`PortalPages`, called once for the whole portal. What it gives is data; `shell.py` makes it HTML.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from release_portal.assess import Assessment
    from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, as the table of contents shows it. `level` counts as in `<h2>`; `title` is plain text."""

    level: int
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page before it is set into the theme.

    `uri` is its directory below the site's root, such as `releases/2.4.0/notes/`; links in `html` are
    relative to it. `html` is safe as it stands: its template escaped what came from records. Every
    other text is plain and escaped later. `label` is the short name for navigation. `files` are (name,
    text) of what is written beside it. `scripts` are names of scripts of ours that it needs beyond portal.js.
    """

    uri: str
    title: str
    html: str
    toc: tuple[Heading, ...] = ()
    label: str = ""
    description: str = ""
    files: tuple[tuple[str, str], ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name in the navigation: the label, or the title where there is none."""
        return self.label or self.title

    @property
    def article(self) -> str:
        """Its HTML, with the title as heading where it brings none."""
        return self.html if "<h1" in self.html else f"<h1>{escape(self.title)}</h1>\n{self.html}"

    @property
    def file(self) -> str:
        """Path of its file below the site's folder: `releases/2.4.0/notes/index.html`."""
        return f"{self.uri}index.html"


@dataclass(frozen=True)
class PageKind:
    """What both kinds have: a name, and a rank in the navigation; the lowest `order` stands first."""

    name: str
    order: int


@dataclass(frozen=True)
class ReleasePages(PageKind):
    """A kind of page that each release has: `build(assessment, release)` gives them, in order."""

    build: Callable[["Assessment", "Release"], Iterable[Page]]


@dataclass(frozen=True)
class PortalPages(PageKind):
    """A kind of page that the portal has once: `build(assessment)` gives them, in order."""

    build: Callable[["Assessment"], Iterable[Page]]
