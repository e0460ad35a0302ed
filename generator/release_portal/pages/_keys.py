"""The keys that signed a release: which, whose by the roster, since when listed, and what each one signed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.facts import Listing
from release_portal.pages._signoffs import key_of
from release_portal.pages._tags import tag_facts
from release_portal.portal import Portal
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Used:
    """A key with what it signed. `listings` are its entries in the key list, none for a key that nobody listed."""

    fingerprint: str
    signoffs: int
    tags: tuple[str, ...]
    listings: tuple[Listing, ...]


def keys_used(portal: Portal, release: Release) -> tuple[Used, ...]:
    """Every key that signed a sign-off or a tag of a release; those that signed most come first."""
    return tuple(sorted(_used(portal, release), key=lambda one: (-one.signoffs, one.fingerprint)))


def _used(portal: Portal, release: Release) -> Iterator[Used]:
    signoffs: dict[str, int] = defaultdict(int)
    tags: dict[str, list[str]] = defaultdict(list)
    for one in release.signoffs:
        signoffs[key_of(portal, one)] += 1
    for fact in tag_facts(portal, release):
        tags[fact.mark.key].append(fact.name)
    for key in {*signoffs, *tags} - {""}:
        listed = tuple(entry for entry in portal.git.listings if entry.key.fingerprint == key)
        yield Used(key, signoffs[key], tuple(tags[key]), listed)
