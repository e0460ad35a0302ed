"""Whether what is imported can be about the release: it is not older than the commit that was tagged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from release_portal.failure import Misconfigured
from release_portal.imports._document import written
from release_portal.imports._importer import Copy
from release_portal.portal import Portal
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Tagged:
    """The commit of a release: its tag as words, and when it was committed."""

    tag: str
    at: datetime


def tagged(portal: Portal, release: Release) -> Tagged | None:
    """The earliest tagged commit of a release in the product repositories; None where none could be looked at."""
    return min(_tagged(portal, release), key=lambda one: one.at, default=None)


def _tagged(portal: Portal, release: Release) -> Iterator[Tagged]:
    for product in portal.git.checked:
        found = product.history.released.of(release.version)
        at = product.history.log.commit(found.tag.target).committer.at if found else None
        if found and at:
            yield Tagged(f"{product.repository.name} {found.tag.name}", at)


def refuse_older(copies: tuple[Copy, ...], since: Tagged | None) -> Iterator[str]:
    """Notices on files whose age could not be judged.

    Raises:
        Misconfigured: a file was made before the commit that was tagged, so it is about something else.

    """
    for copy in copies:
        if since is None or copy.made_at is None:
            why = (
                "the file names no time with a zone"
                if since
                else "the release has no tag in a product repository that is here"
            )
            yield f"{copy.source.path}: not checked whether it is older than the tagged commit, since {why}"
        elif copy.made_at < since.at:
            message = f"{copy.source.path} was made {written(copy.made_at)}, before the commit of {since.tag} ({written(since.at)})"
            raise Misconfigured(message, "import what was made of the commit that is released")
