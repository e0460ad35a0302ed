"""The second shell: templates of our own around every page, which know no other theme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from release_portal.csp import with_policy
from release_portal.imprint import frame, generator
from release_portal.navigation import Entry, Item, Tabs
from release_portal.pages._page import Heading, Page
from release_portal.pages._render import relative
from release_portal.plain._configuration import Configuration
from release_portal.plain._guides import Guide

THEME = Path(__file__).parent / "theme"
_SHEETS = (
    "plain", "fonts", "icons", "tokens", "shell", "base", "marks", "tables", "registers", "panels", "reading",
    "history", "charts", "finding", "print",
)  # fmt: skip
_MODULES = ("plain", "search", "releases", "as-of")
Beside = tuple[Page | None, Page | None]  # the pages before and after one
_ALONE: Beside = (None, None)


@dataclass(frozen=True, slots=True)
class Contents:
    """A heading in a table of contents, with those below it."""

    heading: Heading
    children: list["Contents"] = field(default_factory=list)


class PlainShell:
    """Sets pages into the frame; one for a site, as `book.Shell` wants it."""

    def __init__(
        self, configuration: Configuration, portal_pages: Sequence[Page], guides: Sequence[Guide] = ()
    ) -> None:
        self._configuration = configuration
        self._portal_pages = tuple(portal_pages)
        self._guides = {one.page.uri: one for one in guides}
        self._tabs = Tabs(configuration.nav, portal_pages)
        self._environment = _environment(configuration)

    @property
    def frame(self) -> str:
        """A key for all that pages have of the frame: the tool, configuration, overrides, what the menus name."""
        return frame(self._configuration.file, self._configuration.overrides, (), self._portal_pages)

    def portal(self) -> Iterator[tuple[Page, str]]:
        """Each page of the portal with its HTML; the left navigation shows its tab."""
        for branch, pages in self._tabs.groups(self._portal_pages):
            yield from self._group(pages, self._tabs.items(branch, pages))

    def release(self, name: str, pages: Sequence[Page]) -> Iterator[tuple[Page, str]]:
        """Each page of a release with its HTML; the left navigation shows that release."""
        if pages:
            items = self._tabs.items(self._tabs.branch(pages[0].uri), pages, name)
            yield from self._group(pages, items, name)

    def guides(self) -> Iterator[tuple[Page, str]]:
        """Each page by hand with its HTML; those that `nav` names lead from one to the next."""
        leaves = (leaf for entry in self._tabs.entries for leaf in entry.leaves)
        named = dict.fromkeys(leaf.url for leaf in leaves if leaf.url in self._guides)
        beside = _neighbours([self._guides[url].page for url in named])
        for uri, one in self._guides.items():
            items = [self._opened(entry, uri) for entry in self._tabs.entries]
            yield one.page, self._set(one.page, items, beside.get(uri, _ALONE), hidden=one.hidden)

    def not_found(self) -> str:
        """The page for lost readers. Its links begin at the site's root, for a host shows it at any address."""
        page = Page(uri="404/", title="Page not found", html="", scripts=("not-found",))
        base = urlsplit(self._configuration.url or "/").path
        return self._set(page, self._tabs.items("404", ()), _ALONE, template="404.html", base=base)

    def _group(
        self, pages: Sequence[Page], items: Sequence[Item], release: str = ""
    ) -> Iterator[tuple[Page, str]]:
        beside = _neighbours(pages)
        for page in pages:
            yield page, self._set(page, items, beside[page.uri], release=release)

    def _opened(self, entry: Entry, uri: str) -> Item:
        """An entry of the navigation, open where it leads to a page by hand."""
        if all(leaf.url != uri for leaf in entry.leaves):
            return Item(entry.name, entry.first_url)
        return self._within(entry)

    def _within(self, entry: Entry) -> Item:
        if entry.children:
            return Item(entry.name, children=tuple(self._within(child) for child in entry.children))
        guide = None if entry.branch else self._guides.get(entry.url)
        return Item(guide.page.name, page=guide.page) if guide else Item(entry.name, entry.url)

    def _set(  # what differs from page to page
        self,
        page: Page,
        items: Sequence[Item],
        beside: Beside,
        *,
        release: str = "",
        hidden: frozenset[str] = frozenset(),
        template: str = "page.html",
        base: str = "",
    ) -> str:
        article = Markup(page.article)  # noqa: S704  # safe as it stands
        html = self._environment.get_template(template).render(
            page=page,
            article=article,
            here=page.uri,
            base=base,
            items=items,
            contents=_contents(page.toc),
            before=beside[0],
            after=beside[1],
            release=release,
            hidden=hidden,
            modules=(*_MODULES, *page.scripts),
        )
        return with_policy(html, article)


def _environment(configuration: Configuration) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(THEME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["url"] = _url
    environment.globals |= {"site": configuration, "sheets": _SHEETS, "generator": generator()}
    return environment


@pass_context
def _url(context: Context, target: str) -> str:
    """The address of a page or file of the site, given from its root, as a link on the page that is set."""
    return f"{context['base']}{target}" if context["base"] else relative(context["here"], target)


def _neighbours(pages: Sequence[Page]) -> dict[str, Beside]:
    """The pages before and after each, by address."""
    return {
        page.uri: (pages[at - 1] if at else None, pages[at + 1] if at + 1 < len(pages) else None)
        for at, page in enumerate(pages)
    }


def _contents(headings: Sequence[Heading]) -> list[Contents]:
    """Headings, each below the nearest one of a lower level; the page's own title is left out."""
    top: list[Contents] = []
    above: list[Contents] = []
    for one in map(Contents, headings):
        while above and above[-1].heading.level >= one.heading.level:
            above.pop()
        (above[-1].children if above else top).append(one)
        above.append(one)
    return top[0].children if top and top[0].heading.level == 1 else top
