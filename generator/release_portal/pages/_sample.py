"""A sample of changes that nobody chose, and that anybody can draw again with `sha256sum`."""

from collections.abc import Iterable
from dataclasses import dataclass

from release_portal import digest
from release_portal.portal import Portal
from release_portal.records.changes import Change, Changes
from release_portal.release import Release

MOST = 25


@dataclass(frozen=True, slots=True)
class Drawn:
    """A change with the number by which it was drawn: the SHA-256 of seed, version and ticket."""

    number: str
    release: Release
    change: Change


@dataclass(frozen=True, slots=True)
class Sample:
    """Up to `MOST` of `total` changes, lowest number first. `heads` are (name, commit) that made the seed."""

    heads: tuple[tuple[str, str], ...]
    seed: str
    total: int
    drawn: tuple[Drawn, ...]


def sample(portal: Portal, shipped: Iterable[Release]) -> Sample:
    """Draw from the change logs of some releases; the seed is empty, and nothing drawn, without a head."""
    heads = tuple(_heads(portal))
    changes = [
        (release, change)
        for release in shipped
        for record in release.all(Changes)
        for change in (record.value.changes if record.value else ())
    ]
    if not heads:
        return Sample((), "", len(changes), ())
    seed = digest.of_bytes("".join(f"{commit}\n" for _, commit in heads).encode())
    drawn = [
        Drawn(number(seed, release.version, change.ticket), release, change) for release, change in changes
    ]
    drawn.sort(key=lambda one: (one.number, one.release.version))
    return Sample(heads, seed, len(changes), tuple(drawn[:MOST]))


def number(seed: str, version: str, ticket: str) -> str:
    """The number of a change, as `printf '%s %s %s\\n' SEED VERSION TICKET | sha256sum` gives it."""
    return digest.of_bytes(f"{seed} {version} {ticket}\n".encode())


def _heads(portal: Portal) -> Iterable[tuple[str, str]]:
    """The heads that were read: of the portal, then of the product repositories as mkdocs.yml lists them."""
    if portal.git.history:
        yield "this portal", portal.git.history.files.head
    for product in portal.git.checked:
        yield product.repository.name, product.history.head
