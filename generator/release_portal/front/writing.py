"""Writes the public site into a folder: the theme, its pages, its files for programs, its search."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from release_portal.csp import with_policy
from release_portal.exports._export import File
from release_portal.front.configuration import configuration, copy_theme, tabs
from release_portal.front.guides import guides
from release_portal.navigation import Tabs
from release_portal.pages._page import Page
from release_portal.public import PublicPortal, exports, pages
from release_portal.public.exports._public_export import PublicExport
from release_portal.public.pages._public_page import PublicPages
from release_portal.registry import collect
from release_portal.search import write_plain
from release_portal.settings import PublicSite
from release_portal.shell import MaterialShell, structure

_LISTS = {"", "releases/", "notices/"}  # every line of them is a page of its own


def write(portal: PublicPortal, config_file: Path, by_hand: Path, site_dir: Path, *, search: bool) -> int:
    """Write the site, and give how many pages it has.

    Raises:
        Misconfigured: a page by hand is not fit for the public.
        Failure: Pagefind could not index the pages.

    """
    with TemporaryDirectory(prefix="release-portal-") as nothing:
        docs = by_hand if by_hand.is_dir() else Path(nothing)
        config = configuration(config_file, site_dir, docs, _site(portal), search=search)
        templates = config.theme.get_env()
        copy_theme(config, templates)
        written = guides(config)
    welcome = "".join(page.html for page in written if not page.uri)
    others = [page for page in written if page.uri]
    config.nav = tabs(others)
    portal = replace(portal, welcome=welcome, guides=tuple(page.uri for page in others))
    made = [*_pages(portal), *others]
    for page, html in _set(config, templates, made):
        _put(site_dir, File(page.file, html))
    for export in collect(exports, "EXPORT", PublicExport):
        for file in export.files(portal):
            _put(site_dir, file)
    _put(site_dir, File("404.html", _not_found(config, templates)))
    if search:
        write_plain([Path(page.file) for page in made if page.uri not in _LISTS], site_dir)
    return len(made)


def _site(portal: PublicPortal) -> PublicSite:
    return PublicSite(site_name=portal.name, site_url=portal.url, site_description=portal.description)


def _pages(portal: PublicPortal) -> list[Page]:
    kinds = sorted(collect(pages, "PAGE", PublicPages), key=lambda kind: kind.order)
    return [page for kind in kinds for page in kind.build(portal)]


def _set(config: MkDocsConfig, templates: Environment, made: list[Page]) -> Iterator[tuple[Page, str]]:
    """Set pages into the theme: a release's by itself, so that no page grows with the number of releases."""
    apart = [page for page in made if _below(page, "releases/") or _below(page, "notices/")]
    shell = MaterialShell(config, templates, [page for page in made if page not in apart])
    yield from shell.portal()
    for page in apart:
        folder, name, _ = page.uri.split("/")
        yield from shell.release(name if folder == "releases" else name[:10], [page])


def _below(page: Page, folder: str) -> bool:
    return page.uri.startswith(folder) and page.uri != folder


def _not_found(config: MkDocsConfig, templates: Environment) -> str:
    """The page for lost readers. Its links begin at the site's root, for a host shows it at any address."""
    base = urlsplit(config.site_url or "/").path
    shell_nav = Navigation(structure(Tabs(config.nav, ()).items("404", ()), {}), [])
    context = get_context(shell_nav, [], config, base_url=base)
    return with_policy(templates.get_template("404.html").render(context), "")


def _put(site_dir: Path, file: File) -> None:
    path = site_dir / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.text.encode())
