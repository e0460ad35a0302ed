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
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from release_portal import book, search
from release_portal.assess import Assessment
from release_portal.book import Book, Written
from release_portal.csp import with_policy
from release_portal.failure import Failure, Misconfigured
from release_portal.finding import Severity
from release_portal.imprint import imprint
from release_portal.making import Manner, fill, judged
from release_portal.navigation import SCHEME
from release_portal.policy import PROCESS, ROSTER
from release_portal.publish import refuse_other
from release_portal.release import RELEASES
from release_portal.settings import Settings
from release_portal.shell import MaterialShell

_LINK = re.compile(rf'href="{SCHEME}([^"#]*)')
log = logging.getLogger("mkdocs.plugins.release-portal")


class Options(base.Config):
    """Options of the plugin; `settings.py` says what they mean."""

    proof = option.Choice(("roster", "commit", "signed"), default="roster")
    public = option.Type(dict, default={})
    repositories = option.Type(list, default=[])
    strict = option.Type(bool, default=False)
    search = option.Type(bool, default=True)


class ReleasePortalPlugin(BasePlugin[Options]):
    """One per configuration; `mkdocs serve` keeps it from build to build."""

    assessment: Assessment
    seconds: dict[str, float]
    written: Written
    manner = Manner()
    _serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
        """Remember whether somebody is at work on the records: then errors are shown, never refused."""
        self._serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Assess the portal before anything of the old site is touched."""
        root = Path(config.config_file_path).parent
        started = perf_counter()
        try:
            _check(root, config)
            refuse_other(Path(config.site_dir), "internal")
            if self.config.search:
                search.require()
            settings = Settings.from_mapping(
                dict(self.config), site_name=config.site_name, site_url=config.site_url or ""
            )
            strict = (self.config.strict or config.strict) and not self._serving
            self.assessment, self._notes = judged(root, settings, self.manner.jobs, strict=strict)
        except Failure as failure:
            raise PluginError(
                f"{failure.message} ({failure.hint})" if failure.hint else failure.message
            ) from failure
        self._tell_counts()
        self.seconds = {"assess": perf_counter() - started}
        config.extra["release_portal"] = imprint(self.assessment.portal.as_of)
        self._wanted: set[tuple[str, str]] = set()
        self._inserts: dict[str, str] = {}
        return config

    def on_nav(self, nav: Navigation, *, files: Files, **_: object) -> Navigation:
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

    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        """Lead links of docs pages to pages made from records."""

        def replace(match: re.Match[str]) -> str:
            self._wanted.add((page.file.src_uri, match[1]))
            return f'href="{get_relative_url(match[1] or ".", page.url)}'

        for mark, insert in self._inserts.items():
            html = html.replace(mark, insert)
        return _LINK.sub(replace, html)

    def on_post_page(self, output: str, *, page: Page, **_: object) -> str:
        """Give every docs page the policy that the pages made from records have."""
        return with_policy(output, page.content or "")

    def on_post_template(self, output_content: str, *, template_name: str, **_: object) -> str:
        """Give the page for lost readers the same policy."""
        return with_policy(output_content, "") if template_name.endswith(".html") else output_content

    def insert(self, html: str) -> str:
        """Keep HTML for a docs page, and give the mark that stands for it until Markdown is done."""
        mark = f'<div data-release-portal="{len(self._inserts)}"></div>'
        self._inserts[mark] = html
        return mark

    @event_priority(-100)
    def on_env(self, env: Environment, *, files: Files, **_: object) -> Environment:
        """Keep the templates as all plugins left them, and the paths that docs pages and assets take."""
        self._templates = env
        self._taken = {file.dest_uri for file in files}
        return env

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the pages made from records into the site."""
        site_dir, config_file = Path(config.site_dir), Path(config.config_file_path)
        shell = MaterialShell(config, self._templates, book.portal_pages(self.assessment))
        made = Book(self.assessment, shell, config_file.parent)
        try:
            done = fill(
                made, config_file, site_dir, self._taken, self.manner, "site", full_text=self.config.search
            )
        except (FileExistsError, Failure) as error:
            raise PluginError(str(error)) from error
        for note in (*self._notes, *done.remarks):
            log.info("%s", note)
        self.written = done.written
        self.seconds |= done.seconds
        for origin, uri in sorted(self._wanted):
            path = site_dir / uri
            if not (path.is_file() or (path / "index.html").is_file()):
                log.warning("%s: nothing is made from the records at '%s'", origin, uri)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, **_: object) -> LiveReloadServer:
        """Build again when records, roster, process or theme change."""
        root = Path(config.config_file_path).parent
        watched = [root / name for name in (RELEASES, Path(ROSTER).parent, PROCESS)]
        if config.theme.custom_dir:
            watched.append(Path(config.theme.custom_dir))
        for path in watched:
            if path.exists():
                server.watch(str(path))
        return server

    def _tell_counts(self) -> None:
        counts = self.assessment.counts
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        level = logging.WARNING if errors else logging.INFO
        log.log(level, "%d errors, %d warnings in the records", errors, warnings)


def _check(root: Path, config: MkDocsConfig) -> None:
    """Refuse what would run code from the repository, or break the addresses of pages."""
    if "macros" in config.plugins and ((root / "main.py").exists() or (root / "main").is_dir()):
        hint = "rename it: mkdocs-macros would run it"
        raise Misconfigured("there is a main.py or main/ beside mkdocs.yml", hint)
    if not config.use_directory_urls:
        raise Misconfigured("use_directory_urls is off", "pages made from records need it on")


def _links(items: Iterable[StructureItem]) -> Iterable[Link]:
    for item in items:
        if isinstance(item, Link):
            yield item
        if isinstance(item, Section):
            yield from _links(item.children)
