"""Makes the site: pages made from records, in the theme, among the pages of docs/, published as one."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from time import perf_counter

from git.cmd import Git
from git.exc import GitCommandError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from release_portal import pages
from release_portal.assess import Assessment
from release_portal.failure import Failure, Misconfigured
from release_portal.finding import Severity
from release_portal.pages._page import Page, PageKind, PortalPages, ReleasePages
from release_portal.portal import Portal
from release_portal.publish import publication
from release_portal.registry import collect
from release_portal.release import Release
from release_portal.settings import PLUGIN
from release_portal.shell import Shell

CONFIG = "mkdocs.yml"
VERSIONS = "releases/versions.json"


class Refused(Failure):
    """The records hold errors, and the configuration says that such a portal is not published."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: pages made from records, seconds by stage, and where the site is."""

    site_dir: Path
    pages: int
    seconds: dict[str, float] = field(default_factory=dict)


def build(root: Path, site_dir: Path | None = None, *, strict: bool = False) -> Summary:
    """Build the portal in a folder and publish it; on any failure the old site stays as it is.

    Raises:
        Failure: what the user can do something about; `Refused` for errors in the records.
    """
    started = perf_counter()
    target = site_dir or Path(_config(root).site_dir)
    with publication(target) as draft:
        config = _config(root, site_dir=str(draft), strict=strict or None)
        _run(config)
        plugin = config.plugins[PLUGIN]
        seconds = {**plugin.seconds, "all": perf_counter() - started}
    return Summary(target, plugin.pages, seconds)


def serve(root: Path, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the portal on this machine, and build it again when a record changes. Ends on an interrupt."""
    with _told():
        mkdocs_serve(str(root / CONFIG), dev_addr=f"{host}:{port}")


def refuse_errors(assessment: Assessment) -> None:
    """Stop where the records hold errors.

    Raises:
        Refused: they do.
    """
    errors = assessment.counts[Severity.ERROR]
    if errors:
        hint = "run `release-portal check`"
        raise Refused(f"the records have {errors} error{'s' * (errors > 1)}; nothing was published", hint)


def as_of(root: Path) -> datetime:
    """The instant a site is made for: SOURCE_DATE_EPOCH, or when HEAD was committed, or else now."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        epoch = epoch or Git(root).log("-1", "--format=%ct")
    except GitCommandError:
        return datetime.now(UTC)
    return datetime.fromtimestamp(int(epoch), UTC)
