"""What of mkdocs.yml a site without MkDocs is made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pathspec import GitIgnoreSpec

from release_portal.failure import Misconfigured
from release_portal.settings import PLUGIN, document

_BUILT_IN = ("toc", "tables", "fenced_code")  # MkDocs has them always
_NEVER = (".*", "/templates/")  # nor does MkDocs take these
_UNREAD = ("hooks", "extra_css", "extra_javascript", "extra_templates", "repo_url")
_KNOWN = {PLUGIN, "macros", "search"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """The keys that are read, and `files`: paths in docs/ that belong to the site, in order.

    `url` has a slash at its end, or is empty; `extensions` have their options.
    """

    file: Path
    name: str
    url: str
    description: str
    copyright: str
    docs: Path
    overrides: Path
    nav: Any
    search: bool
    files: tuple[str, ...]
    extensions: Mapping[str, Mapping[str, Any]]
    remarks: tuple[str, ...]


def read(file: Path) -> Configuration:
    """Read a mkdocs.yml.

    Raises:
        Misconfigured: it names no folder of theme overrides, which hold the portal's styles and scripts.

    """
    said, root = document(file.name, file.read_bytes()), file.parent
    theme = said.get("theme")
    overrides = theme.get("custom_dir") if isinstance(theme, dict) else None
    if not overrides or not (root / overrides / "assets").is_dir():
        hint = "`theme: custom_dir: overrides`, and `release-portal init .` brings the folder"
        raise Misconfigured(f"{file.name} names no folder with the portal's styles and scripts", hint)
    docs, url = root / (_text(said, "docs_dir") or "docs"), _text(said, "site_url")
    files = tuple(_files(docs, [*_NEVER, *_lines(said.get("exclude_docs")), *_lines(said.get("draft_docs"))]))
    return Configuration(
        file=file,
        name=_text(said, "site_name") or "Release portal",
        url=f"{url.rstrip('/')}/" if url else "",
        description=_text(said, "site_description"),
        copyright=_text(said, "copyright"),
        docs=docs,
        overrides=root / str(overrides),
        nav=said.get("nav") or [path for path in files if path.endswith(".md")],
        search=all(
            options.get("search", True) for name, options in _pairs(said.get("plugins")) if name == PLUGIN
        ),
        files=files,
        extensions={name: {} for name in _BUILT_IN} | dict(_pairs(said.get("markdown_extensions"))),
        remarks=tuple(_remarks(said)),
    )


def _files(folder: Path, left_out: list[str]) -> Iterator[str]:
    patterns = GitIgnoreSpec.from_lines(left_out)
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return (path for path in paths if not patterns.match_file(path))


def _text(said: Mapping[str, Any], key: str) -> str:
    return str(said.get(key) or "")


def _lines(patterns: Any) -> list[str]:
    return str(patterns or "").splitlines()


def _pairs(named: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names with their options, from a list of names and mappings, or from one mapping."""
    for item in [named] if isinstance(named, dict) else named or ():
        pairs = item.items() if isinstance(item, dict) else [(item, None)]
        yield from ((str(name), options or {}) for name, options in pairs)


def _remarks(said: Mapping[str, Any]) -> Iterator[str]:
    """Say what is asked of MkDocs that nobody does here."""
    for key in _UNREAD:
        if said.get(key):
            yield f"mkdocs.yml: {key} is for MkDocs, and not read here"
    for name, options in _pairs(said.get("plugins")):
        if name not in _KNOWN:
            yield f"mkdocs.yml: plugin {name} is of MkDocs, and does not run here"
        if name == "macros" and set(options.get("modules") or ()) - {"release_portal.macros"}:
            yield "mkdocs.yml: of the macros only the portal's own are here"
