"""The pages of a release as files that a browser opens from a disk: links lead to `index.html`, nothing is loaded.

They are the portal's own pages in a plain frame. A link to a page that is not in the package becomes plain text; the
name of an evidence file leads to the file.
"""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from release_portal import pages
from release_portal.assess import Assessment
from release_portal.audit.bag import Payload
from release_portal.pages._compiled import compiled
from release_portal.pages._page import Page, PageKind, ReleasePages
from release_portal.registry import collect
from release_portal.release import Release

FOLDER, STYLE = "pages", "style.css"
_LINK = re.compile(r' href="([^"]*)"')
_ELSEWHERE = re.compile(r"#|[a-z][a-z0-9+.-]*:")


def browsable(assessment: Assessment, releases: Sequence[Release]) -> Iterator[Payload]:
    """Every page of some releases, a page that lists them, and the files that stand beside the pages."""
    made = {release.version: tuple(_pages(assessment, release)) for release in releases}
    present = {page.uri for found in made.values() for page in found} | {""}
    for release in releases:
        for page in made[release.version]:
            html = _to_files(linked(page.html, page, present), page, release)
            yield _payload(page.file, framed(assessment, page.title, html, up=_up(page.uri)))
            for name, text in page.files:
                yield _payload(f"{page.uri}{name}", text)
    index = _environment().get_template("index.html").render(releases=releases, portal=assessment.portal)
    yield _payload("index.html", framed(assessment, "Audit package", index, up="."))
    yield _payload(STYLE, style())


def linked(html: str, page: Page, present: Collection[str]) -> str:
    """HTML of ours whose links lead to files; those to pages that are not there lead nowhere."""

    def replace(match: re.Match[str]) -> str:
        target = match[1]
        if not target or _ELSEWHERE.match(target):
            return match[0]
        way, mark, fragment = target.partition("#")
        path, _, _ = way.partition("?")
        address = posixpath.normpath(posixpath.join("/", page.uri, path)).lstrip("/")
        beside = {f"{page.uri}{name}" for name, _ in page.files}
        if address in beside:
            return f' href="{path}"'
        address = f"{address}/" if address else ""
        if address not in present:
            return ""
        slash = "" if path.endswith("/") else "/"
        return f' href="{path}{slash}index.html{mark}{fragment}"'

    return _LINK.sub(replace, html)


def style() -> str:
    """The style of the pages: for screens and paper, with no font or image to load."""
    return (Path(__file__).parent / STYLE).read_text(encoding="utf-8")


def _pages(assessment: Assessment, release: Release) -> Iterable[Page]:
    kinds = [kind for kind in collect(pages, "PAGE", PageKind) if isinstance(kind, ReleasePages)]
    for kind in sorted(kinds, key=lambda one: (one.order, one.name)):
        yield from kind.build(assessment, release)


def _to_files(html: str, page: Page, release: Release) -> str:
    """On the evidence page, the name of each evidence file as a link to the file itself."""
    if page.uri != f"releases/{release.version}/evidence/":
        return html
    up = _up(page.uri)
    for path in release.evidence:
        name, address = path.removeprefix("evidence/"), f"{up}/../{release.folder}/{path}"
        label = rf'<(a|span) class="rp-mono"(?: download="[^"]*")?>{re.escape(escape(name))}</\1></th>'
        link = Markup('<a class="rp-mono" href="{}">{}</a></th>').format(address, name)
        html = re.sub(label, str(link).replace("\\", r"\\"), html)
    return html


def framed(assessment: Assessment, title: str, content: str, *, up: str) -> str:
    """A whole page around some HTML; `up` leads to the folder of the pages."""
    return _environment().get_template("frame.html").render(
        title=title,
        site_name=assessment.portal.settings.site_name,
        up=up,
        style=STYLE,
        content=Markup(content),  # noqa: S704  # pages are escaped by their templates
    )  # fmt: skip


def _up(uri: str) -> str:
    """The way from a page to the folder of all pages."""
    return posixpath.relpath(".", uri)


def _payload(path: str, text: str) -> Payload:
    return Payload(f"{FOLDER}/{path}", text.encode())


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        bytecode_cache=compiled(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
