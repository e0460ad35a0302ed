"""The shape of a module of this folder, and what its files share."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from release_portal.exports._export import File
from release_portal.public.values import PublicPortal
from release_portal.settings import Settings


@dataclass(frozen=True)
class PublicExport:
    """One kind of file for programs: `files(portal)` gives them."""

    name: str
    files: Callable[[PublicPortal], Iterable[File]]


def site(portal: PublicPortal) -> Settings:
    """The name and the address that feeds have of the public site, and nothing else of any settings."""
    return Settings(site_name=portal.name, site_url=portal.url)


def midnight(day: date) -> datetime:
    """A day as the instant that it begins in UTC: feeds have no days."""
    return datetime.combine(day, time(), UTC)
