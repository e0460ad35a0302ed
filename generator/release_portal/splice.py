"""Pages of a release, set into the theme without running it for each of them.

What the theme puts around the pages of one release differs from that of another in a few texts only. So it is run
once for each shape of a release, with marks where those texts stand; from then on the texts are put in. A test
compares the outcome with what the theme itself makes, byte by byte, for every kind of page.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

from jinja2 import TemplateNotFound
from markupsafe import escape

from release_portal.pages._page import Heading, Page

Live = Callable[[str, Sequence[Page]], Iterator[tuple[Page, str]]]
Entries = Callable[[Sequence[Heading]], list[str]]
Outline = tuple[str, bool, bool, tuple[str, ...]]  # path below the release, contents?, description?, scripts

_KEPT = 64  # shapes; releases of one process have a handful between them


def _mark(name: str) -> str:
    return f"zqslot{name}end"  # what no theme says; letters only, so that no filter of the theme changes it


_SLOT = re.compile(_mark("([a-z]+[0-9]*)"))
_PRINTED = "rp-print-head"  # what a page brings that tells on paper whose it is; the theme adds it to others
_ARTICLE = f'<div class="{_PRINTED}"></div><h1>{_mark("article")}</h1>'
_HEADINGS = tuple(Heading(2, _mark(f"id{at}"), _mark(f"heading{at}")) for at in range(2))


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around a page: literal text and, at each odd place, the name of what is put in there.

    `between` is what the theme writes between two entries of each table of contents.
    """

    parts: tuple[str, ...]
    between: tuple[str, ...]


@dataclass(slots=True)
class Splice:
    """The pages of releases in the theme. `live` runs the theme for them, `entries` for a table of contents."""

    live: Live
    entries: Entries
    _frames: dict[tuple[Outline, ...], tuple[_Frame, ...]] = field(default_factory=dict)

    def release(self, name: str, pages: Sequence[Page]) -> Iterator[tuple[Page, str]]:
        """Each page of a release with its HTML, exactly as the theme makes it."""
        root = f"releases/{name}/"
        plain = quote(name) == name and all(_can_be_put_in(page, root) for page in pages)
        shape = tuple(_outline(page, root) for page in pages) if plain else ()
        if shape and shape not in self._frames:
            yield from self._first(name, pages, shape)
        elif frames := self._frames.get(shape, ()):
            yield from self._put_in(name, pages, frames)
        else:
            yield from self.live(name, pages)

    def _first(self, name: str, pages: Sequence[Page], shape: tuple[Outline, ...]) -> list[tuple[Page, str]]:
        """The first pages of a shape, from the theme: a theme that does more with a page than fill in texts is told."""
        made = list(self.live(name, pages))
        if len(self._frames) >= _KEPT:
            self._frames.clear()
        self._frames[shape] = ()
        with suppress(TemplateNotFound):  # a theme that has no entries of a table of contents: not Material
            frames = tuple(self._frame(html) for _, html in self.live(_mark("name"), _marked(shape)))
            if list(self._put_in(name, pages, frames)) == made:
                self._frames[shape] = frames
        return made

    def _put_in(
        self, name: str, pages: Sequence[Page], frames: Sequence[_Frame]
    ) -> Iterator[tuple[Page, str]]:
        texts = {f"label{at}": str(escape(page.name)) for at, page in enumerate(pages)} | {"name": name}
        for page, frame in zip(pages, frames, strict=True):
            yield page, self._filled(frame, page, texts)

    def _frame(self, html: str) -> _Frame:
        first, second = self.entries(_HEADINGS)
        between: list[str] = []

        def contents(found: re.Match[str]) -> str:
            between.append(found[1])
            return _mark(f"contents{len(between) - 1}")

        html = html.replace(_ARTICLE, _mark("article"))
        html = re.sub(rf"{re.escape(first)}(\s*){re.escape(second)}", contents, html)
        return _Frame(tuple(_SLOT.split(html)), tuple(between))

    def _filled(self, frame: _Frame, page: Page, texts: Mapping[str, str]) -> str:
        entries = self.entries(page.toc) if frame.between else []
        own = {
            "title": str(escape(page.title)),
            "description": str(escape(page.description)),
            "article": page.article,
        }
        own |= {f"contents{at}": space.join(entries) for at, space in enumerate(frame.between)}
        if page.toc:  # a link that skips to it
            own |= {"id0": str(escape(page.toc[0].id)), "heading0": str(escape(page.toc[0].title))}
        known = {**texts, **own}
        return "".join(known[part] if at % 2 else part for at, part in enumerate(frame.parts))


def _can_be_put_in(page: Page, root: str) -> bool:
    """Whether the theme treats a page as it treats most: a heading of the first level, for one, it takes apart."""
    first = page.toc[0].level if page.toc else 2
    return page.uri.startswith(root) and "zqslot" not in page.uri and first > 1 and _PRINTED in page.html


def _outline(page: Page, root: str) -> Outline:
    return page.uri.removeprefix(root), bool(page.toc), bool(page.description), page.scripts


def _marked(shape: tuple[Outline, ...]) -> tuple[Page, ...]:
    """The pages of a shape with marks for texts."""
    return tuple(
        Page(
            uri=f"releases/{_mark('name')}/{path}",
            title=_mark("title"),
            html=_ARTICLE,
            toc=_HEADINGS if contents else (),
            label=_mark(f"label{at}"),
            description=_mark("description") if description else "",
            scripts=scripts,
        )
        for at, (path, contents, description, scripts) in enumerate(shape)
    )
