"""Sets pages into Material's own main.html, without a MkDocs build around them.

Configuration and templates are loaded once, and the theme runs once for pages of releases that have the same shape
(`splice`). The navigation holds one release only, so a page does not grow with the number of releases. MkDocs's templates do not
escape: each text that goes in here is escaped first. Content is never Markdown source, and no plugin
sees these pages, the search index included.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as ThemedPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from release_portal.csp import with_policy
from release_portal.imprint import frame, imprint
from release_portal.navigation import Item, Tabs
from release_portal.pages._page import Heading, Page
from release_portal.settings import PLUGIN
from release_portal.splice import Splice

_URI = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_.+-]*/)+")


class MaterialShell:
    """The theme as one function: pages that belong together in, their full HTML out."""

    def __init__(
        self, config: MkDocsConfig, templates: Environment, portal_pages: Sequence[Page] = ()
    ) -> None:
        self.config = config
        self._template = templates.get_template("main.html")
        self._templates = templates
        self._splice = Splice(self.live, self._entries)
        self._tabs = Tabs(config.nav, portal_pages)
        self._portal_pages = tuple(portal_pages)

    @classmethod
    def from_config_file(
        cls, config_file: Path, as_of: datetime, portal_pages: Sequence[Page] = ()
    ) -> "MaterialShell":
        """Make a shell outside of a MkDocs build. No plugin runs: the pages are the same without them."""
        config = load_config(str(config_file))
        config.extra["release_portal"] = imprint(as_of)
        return cls(config, config.theme.get_env(), portal_pages)

    @property
    def frame(self) -> str:
        """A key for all that pages have of the theme: the tool, Material, configuration, overrides, what the menus name."""
        config_file = Path(self.config.config_file_path)
        theme = Path(self.config.theme.custom_dir or config_file)
        return frame(config_file, theme, ("mkdocs", "mkdocs-material"), self._portal_pages)

    def portal(self) -> Iterator[tuple[Page, str]]:
        """Each page of the portal with its HTML; the left navigation shows its tab."""
        for branch, pages in self._tabs.groups(self._portal_pages):
            themed = [self._themed(page, home=not page.uri) for page in pages]
            yield from self._render(pages, themed, self._tabs.items(branch, pages))

    def release(self, name: str, pages: Sequence[Page]) -> Iterator[tuple[Page, str]]:
        """Each page of a release with its HTML; the left navigation shows that release."""
        return self._splice.release(name, pages)

    def live(self, name: str, pages: Sequence[Page]) -> Iterator[tuple[Page, str]]:
        """As `release`, with the theme run for every page: what `release` must equal, byte by byte."""
        if not pages:
            return
        themed = [self._themed(page) for page in pages]
        for one in themed:
            one.meta["release"] = escape(name)
        branch = self._tabs.branch(pages[0].uri)
        yield from self._render(pages, themed, self._tabs.items(branch, pages, name))

    def _themed(self, page: Page, *, home: bool = False) -> ThemedPage:
        """What MkDocs would have made of a page, from our own values only."""
        if not home and not _URI.fullmatch(page.uri):
            raise ValueError(f"'{page.uri}' is no directory below the site's root")
        file = File(f"{page.uri}index.md", None, self.config.site_dir, use_directory_urls=True)
        file.generated_by = PLUGIN  # so that no page offers to be edited
        themed = ThemedPage(escape(page.name), file, self.config)
        themed.markdown = ""
        themed.content = page.article
        themed.meta = {"title": escape(page.title), "hide": [] if page.toc else ["toc"]}
        themed.meta["scripts"] = list(page.scripts)
        if page.description:
            themed.meta["description"] = escape(page.description)
        themed.toc = _table_of_contents(page.toc)
        return themed

    def _entries(self, headings: Sequence[Heading]) -> list[str]:
        """What the theme makes of each top entry of a table of contents."""
        entry = self._templates.get_template("partials/toc-item.html")
        return [entry.render(toc_item=link) for link in _table_of_contents(headings)]

    def _render(
        self, pages: Sequence[Page], themed: Sequence[ThemedPage], items: Sequence[Item]
    ) -> Iterator[tuple[Page, str]]:
        for before, after in pairwise(themed):
            before.next_page, after.previous_page = after, before
        navigation = Navigation(
            structure(items, {page.uri: one for page, one in zip(pages, themed, strict=True)}), list(themed)
        )
        for page, one in zip(pages, themed, strict=True):
            one.active = True
            context = get_context(navigation, [], self.config, one)
            yield page, with_policy(self._template.render(context), one.content or "")
            one.active = False


def structure(items: Iterable[Item], themed: Mapping[str, ThemedPage]) -> list[StructureItem]:
    """Give the navigation as MkDocs has it, with the themed pages in it."""
    return [_structured(item, themed) for item in items]


def _structured(item: Item, themed: Mapping[str, ThemedPage]) -> StructureItem:
    title = escape(item.title)
    if item.page:
        page = themed[item.page.uri]
        page.title = title
        return page
    if not item.children:
        return Link(title, item.url)
    section = Section(title, structure(item.children, themed))
    for child in section.children:
        child.parent = section
    return section


def _table_of_contents(headings: Sequence[Heading]) -> TableOfContents:
    """Headings as the theme wants them: each below the nearest one of a lower level."""
    top: list[AnchorLink] = []
    above: list[AnchorLink] = []
    for heading in headings:
        link = AnchorLink(escape(heading.title), str(escape(heading.id)), heading.level)
        while above and above[-1].level >= heading.level:
            above.pop()
        (above[-1].children if above else top).append(link)
        above.append(link)
    return TableOfContents(top)
