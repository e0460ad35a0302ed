"""A seal does not follow the one that it names, or a seal was taken away.

## Why it matters
Each seal holds the digest of the seal before it. So whoever changes or deletes an old release has to write every later
seal anew, and a copy of the last one, kept elsewhere, proves all that stand before it. A chain with a gap or with two
ends proves nothing of what stands before the gap.

That the last seal was taken away only the portal's history can show; where that is not asked, nothing is said of it.

## How to fix
Bring the missing or changed seal back from the history. Where two branches sealed two releases at once, so that both
follow the same seal, set the later one anew: `release-portal seal VERSION --as PERSON --force`.

## Controls
- ISO 27001 A.5.33: records are protected from falsification and loss.
- PCAOB AS 1105: a listing that serves as a population is complete.
"""

from collections.abc import Iterator, Sequence

from release_portal import sealing
from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records.seal import Link
from release_portal.rules._authors import author
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Follow every seal to the one before it."""
    seals = sealing.seals(portal)
    yield from _links(seals)
    yield from _branches(seals)
    yield from _taken_away(portal)


def _links(seals: Sequence[sealing.Sealed]) -> Iterator[Problem]:
    known = {release.version: (record, seal) for release, record, seal in seals}
    for release, record, seal in seals:
        link = seal.previous
        if link is None:
            continue
        before = known.get(link.version)
        message = ""
        if before is None:
            message = f"it follows the seal of {link.version}, which is not there"
        elif before[0].digest != link.digest:
            message = f"the seal of {link.version} is not the one that it follows"
        elif before[1].sealed_at > seal.sealed_at:
            message = f"it follows the seal of {link.version}, which was set later"
        if message:
            at = record.source.locate("previous", "digest")
            yield Problem(at, message, f"its file had the SHA-256 {link.digest}", release.version)


def _branches(seals: Sequence[sealing.Sealed]) -> Iterator[Problem]:
    """Two seals that follow one and the same, or that both are the first."""
    taken: dict[Link | None, str] = {}
    for release, record, seal in seals:
        first = taken.setdefault(seal.previous, release.version)
        if first != release.version:
            what = f"follows that of {seal.previous.version}" if seal.previous else "is the first"
            message = f"the seal of {first} {what}, too"
            hint = f"set it anew, after the seal of {first}"
            yield Problem(
                record.source.locate(*(("previous",) if seal.previous else ())),
                message,
                hint,
                release.version,
            )


def _taken_away(portal: Portal) -> Iterator[Problem]:
    """Releases that had a seal, by the history, and have none."""
    own = portal.git.history
    for release in portal.releases if own else ():
        path = f"{release.folder}/{sealing.FILE}"
        history = own.of(path) if own and not release.named("seal") else None
        gone = (
            next((one for one in reversed(history.changes) if one.kind == "deleted"), None)
            if history
            else None
        )
        if history:
            how = (
                f", in {gone.commit.id[:12]} by {author(portal, gone.commit)}"
                if gone
                else ", and HEAD has it"
            )
            hint = f"git checkout {f'{gone.commit.id[:12]}~' if gone else 'HEAD'} -- {path}"
            yield Problem(
                Location(path), f"the seal of {release.version} was taken away{how}", hint, release.version
            )


RULE = Rule(__name__, check)
