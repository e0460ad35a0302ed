"""A release was put back to an earlier phase.

## Why it matters
Passing a gate says that everything before it is done. A release that is put back no longer owes what it had passed, and
records can be changed as if no gate had been there. It may be right, so it is a warning; it stays, because it happened.

Phases are read from the portal's own history, from every commit, on whatever branch. Where that is not asked
(`proof: roster`), nothing is said.

## How to fix
If it was not meant, put `phase` forward again. If it was, say in the retrospective why the release was opened again.

## Controls
- SOC 2 CC8.1: changes follow an authorised procedure.
- ISO 27001 A.5.33: records are protected from falsification.
"""

from collections.abc import Iterator

from release_portal.finding import Severity
from release_portal.portal import Move, Portal
from release_portal.process import Process
from release_portal.release import CLOSED, WITHDRAWN, Release
from release_portal.rules._authors import author
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare each phase that a commit gave a release with the one before it, and today's with the furthest."""
    for release in portal.releases if portal.git.history else ():
        for message in _messages(portal, release, portal.moves.get(release.version, ())):
            at = release.named("release")[0].source.locate("phase")
            hint = "put it forward again, or say in the retrospective why the release was opened again"
            yield Problem(at, message, hint, release.version)


def _messages(portal: Portal, release: Release, moves: tuple[Move, ...]) -> Iterator[str]:
    process, told = portal.process_of(release), False
    for move in moves:
        furthest = max(move.before, key=lambda phase: _order(process, phase), default="")
        if _order(process, move.phase) < _order(process, furthest) and _order(process, move.phase):
            told = True
            who = author(portal, move.commit)
            yield f"phase went back from '{furthest}' to '{move.phase}' in {move.commit.id[:12]} by {who}"
    last = max(moves, key=lambda move: _order(process, move.phase), default=None)
    if not told and last and 0 < _order(process, release.phase) < _order(process, last.phase):
        who = author(portal, last.commit)
        yield f"phase is '{release.phase}'; {last.commit.id[:12]} by {who} had put it to '{last.phase}'"


def _order(process: Process, phase: str) -> int:
    """Number of a phase; 0 for a word that is none, so that a misspelt one says nothing."""
    return process.order(phase) if process.phase(phase) or phase in {CLOSED, WITHDRAWN} else 0


RULE = Rule(__name__, check, Severity.WARNING, guards=("release",))
