"""mkdocs.yml as the public site takes it: the theme and how Markdown is read. All else is the public site's own."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from release_portal.navigation import SCHEME
from release_portal.pages._page import Page
from release_portal.public import THEME
from release_portal.settings import PublicSite

# Of the theme's own folder that the portal brings, scripts are let through one by one: the rest are for insiders' pages.
_SCRIPTS = {"portal.js", "site.js", "search-text.js", "search-results.js", "public-search.js"}
_ENDINGS = {
    "assets/stylesheets": (".css",),
    "assets/fonts": (".woff2", ".woff", ".ttf", ".otf", ".txt"),  # and their licences
    "assets/images": (".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico"),
}
_TABS = {"Home": "", "Releases": "releases/", "Notices": "notices/", "Documentation": "documentation/"}


def configuration(
    config_file: Path, site_dir: Path, docs_dir: Path, site: PublicSite, *, search: bool
) -> MkDocsConfig:
    """Give the configuration of the public site. No plugin, hook, menu, address or text of the internal one is in it."""
    own: dict[str, Any] = {
        "site_dir": str(site_dir),
        "docs_dir": str(docs_dir),
        "site_name": site.site_name,
        "plugins": [],
        "hooks": [],
        "nav": [],
        "extra": {"search": search},
        "extra_css": [],
        "extra_javascript": [],
        "extra_templates": [],
        "use_directory_urls": True,
    }
    config = load_config(str(config_file), **own)
    config.site_url = site.site_url or None
    config.site_description = site.site_description or None
    config.site_author = config.copyright = None
    config.repo_url = config.repo_name = config.edit_uri = config.edit_uri_template = None
    config.theme.dirs.insert(0, str(THEME))
    return config


def tabs(guides: Iterable[Page]) -> list[dict[str, str]]:
    """The menu: our own tabs, then one for each page by hand that is below no other."""
    found = dict(_TABS)
    for page in sorted(guides, key=lambda one: one.uri):
        if not any(uri and page.uri.startswith(uri) for uri in found.values()):
            found[page.name] = page.uri
    return [{name: f"{SCHEME}{uri}"} for name, uri in found.items()]


def copy_theme(config: MkDocsConfig, templates: Environment) -> set[str]:
    """Write the theme's files into the site, and give their paths."""
    files = Files([])
    files.add_files_from_theme(templates, config)
    ours = [folder for folder in (config.theme.custom_dir, str(THEME)) if folder]
    for file in list(files):
        if file.src_dir in ours and not _allowed(file.dest_uri):
            files.remove(file)
    files.copy_static_files()
    return {file.dest_uri for file in files}


def _allowed(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    allowed = next((ends for place, ends in _ENDINGS.items() if path.startswith(f"{place}/")), ())
    return name.lower().endswith(allowed) or (folder == "assets/javascripts" and name in _SCRIPTS)
