"""The tabs of mkdocs.yml and the left navigation below them.

`nav` in mkdocs.yml is the only list of tabs. A target `portal:releases/` there is a branch: the pages
made from records whose directory begins with `releases/`. All other targets are pages written by hand, and links.
"""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import quote

from release_portal.pages._page import Page

SCHEME = "portal:"
_INDEX = {"index.md", "README.md"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of `nav`. `url` is relative to the site's root; `branch` tells pages made from records.

    `title` is empty where a page written by hand may bring its own.
    """

    title: str
    url: str = ""
    branch: bool = False
    children: tuple["Entry", ...] = ()

    @property
    def name(self) -> str:
        """Its title, or what its address makes of one."""
        return (
            self.title or (posixpath.basename(self.url.rstrip("/")) or "home").replace("-", " ").capitalize()
        )

    @property
    def first_url(self) -> str:
        """Where a tab leads: its own page, or the first one below it."""
        return self.children[0].first_url if self.children else self.url

    @property
    def leaves(self) -> tuple["Entry", ...]:
        """Itself, or the entries below it that have none below them; but for branches."""
        below = tuple(leaf for child in self.children for leaf in child.leaves)
        return below if self.branch or self.children else (self,)

    @property
    def branches(self) -> tuple[str, ...]:
        """Every branch at or below the entry."""
        below = tuple(branch for child in self.children for branch in child.branches)
        return (self.url, *below) if self.branch else below


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in the navigation: a page of the group it is seen from, a link by its `url`, or a section."""

    title: str
    url: str = ""
    page: Page | None = None
    children: tuple["Item", ...] = ()

    @property
    def address(self) -> str:
        """Where it leads: to its page, by its link, or to the first one below it; from the site's root."""
        return self.page.uri if self.page else self.children[0].address if self.children else self.url

    def holds(self, uri: str) -> bool:
        """Whether it, or one below it, is the page at an address."""
        return (self.page is not None and self.page.uri == uri) or any(
            one.holds(uri) for one in self.children
        )


class Tabs:
    """What stands in the navigation, seen from one group of pages.

    A page's group is everything in its branch, or one release in it. Where nothing in `nav` holds a
    page it is shown without an active tab.
    """

    def __init__(self, nav: Any, portal_pages: Sequence[Page]) -> None:
        self.entries = tuple(_entries(nav or []))
        self._branches = tuple(branch for entry in self.entries for branch in entry.branches)
        self._portal_pages = portal_pages

    def branch(self, uri: str) -> str:
        """The branch that holds a page: the longest one that its directory begins with, or none."""
        return max((one for one in self._branches if uri.startswith(one)), key=len, default="")

    def groups(self, pages: Sequence[Page]) -> Iterator[tuple[str, tuple[Page, ...]]]:
        """Pages by branch; within a branch their order stays."""
        by_branch = sorted(pages, key=lambda page: self.branch(page.uri))
        for branch, group in groupby(by_branch, key=lambda page: self.branch(page.uri)):
            yield branch, tuple(group)

    def items(self, branch: str, group: Sequence[Page], release: str = "") -> tuple[Item, ...]:
        """The navigation around a group of pages. With a release's name, the group is that release."""
        return tuple(
            self._open(entry, branch, group, release)
            if branch in entry.branches
            else Item(entry.name, entry.first_url)
            for entry in self.entries
        )

    def _open(self, entry: Entry, branch: str, group: Sequence[Page], release: str) -> Item:
        if entry.url == branch and entry.branch:
            if not release and len(group) == 1:
                return Item(entry.name, page=group[0])
            return Item(entry.name, children=self._within(entry.name, branch, group, release))
        if entry.children:
            below = (self._open(child, branch, group, release) for child in entry.children)
            return Item(entry.name, children=tuple(below))
        return Item(entry.name, entry.url)

    def _within(self, title: str, branch: str, group: Sequence[Page], release: str) -> tuple[Item, ...]:
        items = tuple(Item(page.name, page=page) for page in group)
        if release:
            beside = [page for page in self._portal_pages if self.branch(page.uri) == branch]
            items = (*(Item(page.name, page.uri) for page in beside), Item(release, children=items))
        if items and items[0].title == title:
            items = (
                replace(items[0], title="Overview"),
                *items[1:],
            )  # else the head of the list stands twice
        return items


def address(source: str) -> str:
    """Where the page of a file in docs/ is, from the site's root: `guide/` for `guide/index.md`; empty for home."""
    folder, name = posixpath.split(source)
    path = folder if name in _INDEX else source.removesuffix(".md")
    return quote(f"{path}/") if path else ""


def _entries(nav: Any) -> Iterator[Entry]:
    for item in nav:
        pairs = item.items() if isinstance(item, dict) else [("", item)]
        for title, target in pairs:
            if isinstance(target, str):
                yield _leaf(title, target)
            else:
                yield Entry(title, children=tuple(_entries(target)))


def _leaf(title: str, target: str) -> Entry:
    if target.startswith(SCHEME):
        return Entry(title, target.removeprefix(SCHEME), branch=True)
    return Entry(title, address(target) if target.endswith(".md") else target)
