"""Pages that are written by hand for the public: what lies in docs/public/, and nothing else of docs/.

No macro runs on them, so that nothing internal can be called up; a call of one is refused.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.structure.pages import Page as DocsPage
from mkdocs.structure.toc import AnchorLink

from release_portal.failure import Misconfigured
from release_portal.navigation import SCHEME
from release_portal.pages._page import Heading, Page
from release_portal.pages._render import relative

FOLDER = "public"
_TAKEN = {
    "404.html", "assets", "documentation", "feed.xml", "notices", "notices.xml", "releases", "search", "site.json",
    "sitemap.xml",
}  # fmt: skip
_MACRO = re.compile(r"\{\{[-+]?\s*\w+\s*\(|\{%[-+]?\s*\w+")
_LINK = re.compile(rf'href="{SCHEME}([^"]*)"')


def guides(config: MkDocsConfig) -> tuple[Page, ...]:
    """Give the pages by hand, and write the files that lie beside them, such as images.

    Left out is what MkDocs leaves out by itself, such as names that begin with a dot, and what mkdocs.yml excludes or
    calls a draft.

    Raises:
        Misconfigured: a page calls a macro, wants the address of another page or file, or is a link.

    """
    files = _present(config)
    for file in files:
        if file.dest_uri.split("/")[0] in _TAKEN:
            raise Misconfigured(
                f"docs/{FOLDER}/{file.src_uri} wants the address of another page", "rename it"
            )
    for file in files.media_files():
        file.copy_file()
    return tuple(_pages(config, files))


def _present(config: MkDocsConfig) -> Files:
    files, without = get_files(config), _without(config)
    config.exclude_docs = config.draft_docs = (
        None  # they speak of docs/, and the files here of a folder in it
    )
    set_exclusions(files, config)
    for file in list(files):
        if without(f"{FOLDER}/{file.src_uri}") or file.inclusion.is_excluded():
            files.remove(file)
        elif any(one.is_symlink() for one in _on_the_way(Path(config.docs_dir), file.src_uri)):
            raise Misconfigured(f"docs/{FOLDER}/{file.src_uri} is a link", "put the file itself there")
    return files


def _without(config: MkDocsConfig) -> Callable[[str], bool]:
    """What mkdocs.yml excludes, by path below docs/: but that it keeps this folder from insiders says nothing here."""
    said = [one for spec in (config.exclude_docs, config.draft_docs) if spec for one in spec.patterns]
    kept = [one for one in said if not one.match_file(f"{FOLDER}/any")]
    return lambda path: any(one.include and one.match_file(path) for one in kept)


def _on_the_way(folder: Path, path: str) -> Iterator[Path]:
    below = PurePosixPath(path)
    yield from (folder / one for one in (below, *below.parents))


def _pages(config: MkDocsConfig, files: Files) -> Iterator[Page]:
    for file in files.documentation_pages():
        page = DocsPage(None, file, config)
        page.read_source(config)
        _refuse_macros(file.src_uri, page.markdown or "")
        page.render(config, files)
        uri = "" if file.url == "./" else file.url
        yield Page(
            uri=uri,
            title=str(page.title),
            html=_led(uri, page.content or ""),
            toc=tuple(_headings(page.toc)),
            description=str(page.meta.get("description", "")),
        )


def _led(uri: str, html: str) -> str:
    """Lead links to pages made from records."""
    return _LINK.sub(lambda found: f'href="{relative(uri, found[1])}"', html)


def _refuse_macros(path: str, text: str) -> None:
    found = _MACRO.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = f"docs/{FOLDER}/{path}: line {line} of its text calls a macro"
        raise Misconfigured(message, "public pages run none: write what readers are to see")


def _headings(links: Iterable[AnchorLink]) -> Iterator[Heading]:
    for link in links:
        yield Heading(link.level, link.id, link.title)
        yield from _headings(link.children)
