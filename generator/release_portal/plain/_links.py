"""Links in pages by hand: from file to file in docs/, as their authors write them, to address to address."""

import posixpath
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from release_portal.pages._render import relative

_TARGETS = {"a": "href", "img": "src"}


class Links(Extension):
    """The links of one page. `known` are addresses by file; `broken` says which lead to no file."""

    def __init__(self, source: str, known: Mapping[str, str]) -> None:
        super().__init__()
        self._source = source
        self._known = known
        self.broken: list[str] = []

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Come after all that makes links."""
        md.treeprocessors.register(_Leading(self), "release-portal-links", 0)

    def lead(self, link: str) -> str:
        """The address that a link leads to: as it is where it names no file."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path or link.startswith("/"):
            return link
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self._source), unquote(parts.path)))
        if path not in self._known:
            self.broken.append(f"docs/{self._source} links to '{link}', and there is no such file")
            return link
        mark = f"#{parts.fragment}" if parts.fragment else ""
        return relative(self._known[self._source], f"{self._known[path]}{mark}")


class _Leading(Treeprocessor):
    def __init__(self, links: Links) -> None:
        super().__init__()
        self._links = links

    def run(self, root: Element) -> None:
        for element in root.iter():
            name = _TARGETS.get(element.tag)
            link = element.get(name) if name else None
            if name and link:
                element.set(name, self._links.lead(link))
