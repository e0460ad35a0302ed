"""The tabs of mkdocs.yml and the left navigation below them, for pages made from records.

`nav` in mkdocs.yml is the only list of tabs. A target `portal:releases/` there is a branch: the pages
made from records whose directory begins with `releases/`. All other targets are MkDocs's own.
"""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File
from mkdocs.structure.nav import Link, Section

from release_portal.pages._page import Page

SCHEME = "portal:"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of `nav`. `url` is relative to the site's root; `branch` tells pages made from records."""

    title: str
    url: str = ""
    branch: bool = False
    children: tuple["Entry", ...] = ()

    @property
    def first_url(self) -> str:
        """Where a tab leads: its own page, or the first one below it."""
        return self.children[0].first_url if self.children else self.url

    @property
    def branches(self) -> tuple[str, ...]:
        """Every branch at or below the entry."""
        below = tuple(branch for child in self.children for branch in child.branches)
        return (self.url, *below) if self.branch else below


class Tabs:
    """What stands in the navigation, seen from one group of pages.

    A page's group is everything in its branch, or one release in it. Where nothing in `nav` holds a
    page it is shown without an active tab.
    """

    def __init__(self, config: MkDocsConfig, portal_pages: Sequence[Page]) -> None:
        self._entries = tuple(_entries(config.nav or [], config))
        self._branches = tuple(branch for entry in self._entries for branch in entry.branches)
        self._portal_pages = portal_pages

    def branch(self, uri: str) -> str:
        """The branch that holds a page: the longest one that its directory begins with, or none."""
        return max((one for one in self._branches if uri.startswith(one)), key=len, default="")

    def groups(self, pages: Sequence[Page]) -> Iterator[tuple[str, tuple[Page, ...]]]:
        """Pages by branch; within a branch their order stays."""
        by_branch = sorted(pages, key=lambda page: self.branch(page.uri))
        for branch, group in groupby(by_branch, key=lambda page: self.branch(page.uri)):
            yield branch, tuple(group)

    def items(self, branch: str, group: Sequence[StructureItem], release: str = "") -> list[StructureItem]:
        """The navigation around a group of pages. With a release's name, the group is that release."""
        items: list[StructureItem] = []
        for entry in self._entries:
            if branch in entry.branches:
                items.append(self._open(entry, branch, group, release))
            else:
                items.append(Link(escape(entry.title), entry.first_url))
        return items

    def _open(self, entry: Entry, branch: str, group: Sequence[StructureItem], release: str) -> StructureItem:
        title = escape(entry.title)
        if entry.url == branch and entry.branch:
            if not release and len(group) == 1:
                group[0].title = title
                return group[0]
            return _section(title, self._within(title, branch, group, release))
        if entry.children:
            return _section(title, [self._open(child, branch, group, release) for child in entry.children])
        return Link(title, entry.url)

    def _within(
        self, title: str, branch: str, group: Sequence[StructureItem], release: str
    ) -> list[StructureItem]:
        if release:
            beside = [page for page in self._portal_pages if self.branch(page.uri) == branch]
            links = [Link(escape(page.name), page.uri) for page in beside]
            items = [*links, _section(escape(release), list(group))]
        else:
            items = list(group)
        if items and items[0].title == title:
            items[0].title = "Overview"  # else the head of the list stands twice
        return items


def _section(title: str, children: list[StructureItem]) -> Section:
    section = Section(title, children)
    for child in children:
        child.parent = section
    return section


def _entries(nav: Any, config: MkDocsConfig) -> Iterator[Entry]:
    for item in nav:
        pairs = item.items() if isinstance(item, dict) else [("", item)]
        for title, target in pairs:
            if isinstance(target, str):
                yield _leaf(title, target, config)
            else:
                yield Entry(title, children=tuple(_entries(target, config)))


def _leaf(title: str, target: str, config: MkDocsConfig) -> Entry:
    if target.startswith(SCHEME):
        return Entry(title, target.removeprefix(SCHEME), branch=True)
    if not target.endswith(".md"):
        return Entry(title, target)
    file = File(target, config.docs_dir, config.site_dir, config.use_directory_urls)
    name = posixpath.basename(target).removesuffix(".md").replace("-", " ").capitalize()
    return Entry(title or name, "" if file.url == "./" else file.url)
