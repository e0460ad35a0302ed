"""Pages written by hand: what lies in docs/, with the portal's macros, as Python-Markdown reads it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markdown import Markdown

from release_portal.assess import Assessment
from release_portal.failure import Failure, Misconfigured
from release_portal.macros import pieces
from release_portal.navigation import SCHEME, Tabs, address
from release_portal.pages._page import Heading, Page
from release_portal.pages._render import relative
from release_portal.plain._configuration import Configuration
from release_portal.plain._links import Links

_META = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL)
_LINK = re.compile(rf'href="{SCHEME}([^"#]*)')


@dataclass(frozen=True, slots=True)
class Guide:
    """A page by hand, from a file in docs/.

    `hidden` names parts of the frame that it is without, `wanted` are addresses of pages made from records that it
    links to, and `broken` says which of its links lead to no file.
    """

    source: str
    page: Page
    hidden: frozenset[str]
    wanted: tuple[str, ...]
    broken: tuple[str, ...]


def guides(configuration: Configuration, assessment: Assessment) -> Iterator[Guide]:
    """Give the pages by hand.

    Raises:
        Failure: a page calls a macro that fails.
        Misconfigured: a Markdown extension cannot be loaded, or what stands before a page's text is no YAML.

    """
    known = {path: address(path) if path.endswith(".md") else path for path in configuration.files}
    entries = Tabs(configuration.nav, ()).entries
    titles = {leaf.url: leaf.title for entry in entries for leaf in entry.leaves}
    for source in known:
        if source.endswith(".md"):
            yield _guide(configuration, assessment, source, known, titles)


def _guide(
    configuration: Configuration,
    assessment: Assessment,
    source: str,
    known: Mapping[str, str],
    titles: Mapping[str, str],
) -> Guide:
    here, links = known[source], Links(source, known)
    meta, text = _parts(source, (configuration.docs / source).read_text(encoding="utf-8-sig"))
    inserts = _Inserts()
    reader = _reader(configuration, links)
    html = inserts.put_into(reader.convert(_called(source, text, pieces(assessment, here), inserts)))
    toc = tuple(_headings(reader.toc_tokens))  # type: ignore[attr-defined]  # the extension adds it
    first = toc[0].title if toc and toc[0].level == 1 else ""
    own = str(meta.get("title") or "")
    label = titles.get(here) or own or first or Path(source).stem.replace("-", " ").capitalize()
    page = Page(
        uri=here,
        title=own or label,
        label=label,
        html=_LINK.sub(lambda link: f'href="{relative(here, link[1])}', html),
        toc=toc,
        description=str(meta.get("description") or ""),
    )
    hidden = frozenset(str(one) for one in meta.get("hide") or ())
    return Guide(source, page, hidden, tuple(_LINK.findall(html)), tuple(links.broken))


def _parts(source: str, text: str) -> tuple[dict[str, Any], str]:
    """What a page says about itself, and its text."""
    found = _META.match(text)
    if not found:
        return {}, text
    try:
        said = yaml.safe_load(found[1])
    except yaml.YAMLError as error:
        raise Misconfigured(f"docs/{source}: what stands before its text is no YAML: {error}") from error
    return (said if isinstance(said, dict) else {}), text[found.end() :].lstrip("\n")


class _Inserts:
    """What macros give never passes through Markdown: a mark stands for it until that is done."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def mark(self, piece: Callable[..., str], **arguments: Any) -> str:
        made = f'<div data-release-portal="{len(self._kept)}"></div>'
        self._kept[made] = piece(**arguments)
        return made

    def put_into(self, html: str) -> str:
        for mark, insert in self._kept.items():
            html = html.replace(mark, insert)
        return html


def _called(source: str, text: str, offered: Mapping[str, Callable[..., str]], inserts: _Inserts) -> str:
    """The text with its macros called."""
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    environment.globals |= {name: partial(inserts.mark, piece) for name, piece in offered.items()}
    try:
        return environment.from_string(text).render()
    except (TemplateError, TypeError) as error:
        hint = "only the portal's own macros are here; `{% raw %}` shows braces as they are"
        raise Failure(f"docs/{source}: a macro fails: {error}", hint) from error


def _reader(configuration: Configuration, links: Links) -> Markdown:
    extensions = {name: dict(options) for name, options in configuration.extensions.items()}
    try:
        return Markdown(extensions=[*extensions, links], extension_configs=extensions)
    except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
        hint = "leave it out of mkdocs.yml, or install what it belongs to"
        raise Misconfigured(f"a Markdown extension cannot be loaded: {error}", hint) from error


def _headings(tokens: Iterable[Mapping[str, Any]]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["level"], token["id"], unescape(token["name"]))
        yield from _headings(token["children"])
