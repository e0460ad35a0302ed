"""The shape of an export, and the addresses in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from release_portal.assess import Assessment
    from release_portal.settings import Settings


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site: its path from the site's root, and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Export:
    """One kind of file for programs: `files(assessment)` gives them."""

    name: str
    files: Callable[["Assessment"], Iterable[File]]


def address(settings: "Settings", path: str, here: str = "") -> str:
    """Where a path of the site is: in full where mkdocs.yml names the site, else relative to the file `here`."""
    return urljoin(settings.site_url, path) if settings.site_url else "../" * here.count("/") + path


def authority(settings: "Settings") -> str:
    """Who names things in feeds and calendars: the site's host; `localhost` for a site without an address."""
    return urlsplit(settings.site_url).hostname or "localhost"
