"""What the tag rules share: each release's tag in each product repository, and the tickets of commits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.facts import Product
from release_portal.finding import Location
from release_portal.git import Commit, ReleaseTag, Tag
from release_portal.portal import Portal
from release_portal.progress import Stage
from release_portal.records.release import Release as Facts
from release_portal.records.release import Tag as RecordedTag
from release_portal.release import Release

_TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,15}-[0-9]{1,10}\b")


@dataclass(frozen=True, slots=True)
class Tagging:
    """A release in a product repository: the tag that the record names, and the tag that git has."""

    release: Release
    product: Product
    recorded: RecordedTag | None
    actual: ReleaseTag | None
    location: Location


def taggings(portal: Portal) -> Iterator[Tagging]:
    """Every release in every product repository that could be read."""
    for product in portal.git.checked:
        for release in portal.releases:
            record = release.one(Facts)
            if record is None or record.value is None:
                continue
            stated = list(record.value.tags)
            named = [at for at, tag in enumerate(stated) if tag.repository == product.repository.name]
            place = record.source.locate("tags", named[0]) if named else record.source.locate_key("tags")
            recorded = stated[named[0]] if named else None
            actual = product.history.released.of(release.version)
            yield Tagging(release, product, recorded, actual, place)


def is_ambiguous(product: Product, version: str) -> bool:
    """Whether several tags spell a version: then there is a tag, but nobody knows which."""
    name = tag_name(product, version)
    return any(tag.name == name for group in product.history.released.ambiguous for tag in group)


def aside(product: Product, version: str) -> Tag | None:
    """The tag of a version that stands for a tree or a file, not for a commit."""
    name = tag_name(product, version)
    return next((tag for tag in product.history.released.unusable if tag.name == name), None)


def stands_for(tag: Tag) -> str:
    """What a tag that is aside is, in words."""
    return (
        f"tag '{tag.name}' stands for a {'tree' if tag.target_type == 'tree' else 'file'}, not for a commit"
    )


def tag_name(product: Product, version: str) -> str:
    """Name that the tag of a version has by the pattern of its repository."""
    return product.repository.tag_pattern.replace("{version}", version)


def is_deployed(portal: Portal, release: Release) -> bool:
    """Whether the phase that deploys, and so the tag, is behind a release."""
    home = portal.process_of(release).home("deployments")
    stage = portal.progress[release.version].stage(home.folder) if home else None
    return stage is Stage.PASSED


def tickets(commit: Commit) -> tuple[str, ...]:
    """Tickets that a commit's message names, in the order in which it names them."""
    return tuple(dict.fromkeys(_TICKET.findall(commit.message)))


def commits_of(tagging: Tagging) -> Iterator[Commit]:
    """Commits that came with a release, newest first. A merge that brings no text of its own names no ticket.

    None for a repository's first release tag: what came before it, nobody recorded.
    """
    found = tagging.product.history.range_of(tagging.release.version)
    for commit in tagging.product.history.log.commits(found.ids) if found and found.base else ():
        if not (commit.is_merge and not tickets(commit)):
            yield commit


def since(portal: Portal) -> str:
    """The oldest version that has a record: what was tagged before it came before the portal."""
    return min(portal.releases, key=Release.precedence).version if portal.releases else "0.0.0"
