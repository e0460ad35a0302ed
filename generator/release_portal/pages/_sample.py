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
    """Up to `MOST` of some changes, lowest number first. `heads` are (name, commit) that made the seed.

    `population` has all of them, as `VERSION TICKET`.
    """

    heads: tuple[tuple[str, str], ...]
    seed: str
    population: tuple[str, ...]
    drawn: tuple[Drawn, ...]

    @property
    def total(self) -> int:
        """How many changes there are to draw from."""
        return len(self.population)


def sample(portal: Portal, shipped: Iterable[Release]) -> Sample:
    """Draw from the change logs of some releases; the seed is empty, and nothing drawn, without a head."""
    heads = tuple(_heads(portal))
    changes = [
        (release, change)
        for release in shipped
        for record in release.all(Changes)
        for change in (record.value.changes if record.value else ())
    ]
    population = tuple(f"{release.version} {change.ticket}" for release, change in changes)
    if not heads:
        return Sample((), "", population, ())
    seed = digest.of_bytes("".join(f"{commit}\n" for _, commit in heads).encode())
    drawn = [
        Drawn(number(seed, release.version, change.ticket), release, change) for release, change in changes
    ]
    drawn.sort(key=lambda one: (one.number, one.release.version))
    return Sample(heads, seed, population, tuple(drawn[:MOST]))


def number(seed: str, version: str, ticket: str) -> str:
    """The number of a change, as `printf '%s %s %s\\n' SEED VERSION TICKET | sha256sum` gives it."""
    return digest.of_bytes(f"{seed} {version} {ticket}\n".encode())


def draw_again(seed: str, changes: str) -> str:
    """The command that draws from a file of changes, with a number that the reader puts in place of 12345.

    The new seed is the SHA-256 of the old one, a space, the number and a line feed.
    """
    digest_ = "sha256sum | cut -c 1-64"
    return (
        f"seed=$(printf '%s %s\\n' {seed} 12345 | {digest_}); while read -r change; do "
        f"printf '%s %s\\n' $(printf '%s %s\\n' $seed \"$change\" | {digest_}) \"$change\"; done < {changes} | "
        f"LC_ALL=C sort | head -n {MOST}"
    )


def _heads(portal: Portal) -> Iterable[tuple[str, str]]:
    """The heads that were read: of the portal, then of the product repositories as mkdocs.yml lists them."""
    if portal.git.history:
        yield "this portal", portal.git.history.files.head
    for product in portal.git.checked:
        yield product.repository.name, product.history.head
