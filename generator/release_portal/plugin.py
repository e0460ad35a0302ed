"""The bridge to MkDocs: assesses the portal, and adds the pages made from records to the site.

With it `mkdocs build` and `mkdocs serve` work as they are. A target or link `portal:releases/` in
mkdocs.yml and in docs/ leads to a page made from records, and is checked.
"""

import logging
import re
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter
from typing import Literal

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from release_portal import load, site
from release_portal.assess import Assessment, assess
from release_portal.failure import Failure
from release_portal.finding import Severity
from release_portal.navigation import SCHEME
from release_portal.settings import Settings
from release_portal.shell import Shell

_LINK = re.compile(rf'href="{SCHEME}([^"#]*)')
log = logging.getLogger("mkdocs.plugins.release-portal")


class Options(base.Config):
    """Options of the plugin; `settings.py` says what they mean."""

    proof = option.Choice(("roster", "commit", "signed"), default="roster")
    repositories = option.Type(list, default=[])
    strict = option.Type(bool, default=False)


class ReleasePortalPlugin(BasePlugin[Options]):
    """One per configuration; `mkdocs serve` keeps it from build to build."""

    assessment: Assessment
    seconds: dict[str, float]
    pages: int = 0

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether somebody is at work on the records: then errors are shown, never refused."""
        self._serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Assess the portal before anything of the old site is touched."""
        root = Path(config.config_file_path).parent
        started = perf_counter()
        try:
            site.check_root(root)
            settings = Settings.from_mapping(dict(self.config), site_name=config.site_name, site_dir=config.site_dir)
            self.assessment = assess(root, settings, site.as_of(root))
            if (self.config.strict or config.strict) and not self._serving:
                site.refuse_errors(self.assessment)
        except Failure as failure:
            raise PluginError(f"{failure.message}. {failure.hint}".strip()) from failure
        self.seconds = {"assess": perf_counter() - started}
        self._wanted: set[tuple[str, str]] = set()
        self._log_counts()
        return config

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Lead the tabs to pages made from records, and date the site as its commit."""
        day = self.assessment.portal.as_of.date().isoformat()
        for file in files.documentation_pages():
            if file.page is not None:
                file.page.update_date = day
        for link in _links(nav.items):
            if link.url.startswith(SCHEME):
                link.url = link.url.removeprefix(SCHEME)
                self._wanted.add(("mkdocs.yml", link.url))
        return nav

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Lead links of docs pages to pages made from records."""

        def replace(match: re.Match[str]) -> str:
            self._wanted.add((page.file.src_uri, match[1]))
            return f'href="{get_relative_url(match[1] or ".", page.url)}'

        return _LINK.sub(replace, html)

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the templates as all plugins left them, and the paths that docs pages and assets take."""
        self._templates = env
        self._taken = {file.dest_uri for file in files}
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages made from records into the site."""
        started = perf_counter()
        book = site.Book.of(self.assessment)
        shell = Shell(config, self._templates, book.portal)
        self.pages = site.write(book, shell, Path(config.site_dir), self._taken)
        self.seconds["pages"] = perf_counter() - started
        for origin, uri in sorted(self._wanted):
            if not (Path(config.site_dir) / uri / "index.html").is_file():
                log.warning("%s: no page '%s' is made from the records", origin, uri)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Build again when records, roster, process or theme change."""
        root = Path(config.config_file_path).parent
        watched = [root / name for name in (load.RELEASES, Path(load.ROSTER).parent, load.PROCESS)]
        if config.theme.custom_dir:
            watched.append(Path(config.theme.custom_dir))
        for path in watched:
            if path.exists():
                server.watch(str(path))
        return server

    def _log_counts(self) -> None:
        """Say what the portal holds; errors count as warnings, and so in MkDocs's own strict mode."""
        counts = self.assessment.counts
        releases = len(self.assessment.portal.releases)
        log.info("%d releases: %d errors, %d warnings", releases, counts[Severity.ERROR], counts[Severity.WARNING])


def _links(items: Iterable[StructureItem]) -> Iterable[Link]:
    for item in items:
        if isinstance(item, Link):
            yield item
        yield from _links(item.children or ())
