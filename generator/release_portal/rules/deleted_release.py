"""A release was deleted: the portal's history has its folder, and the portal has it no more.

## Why it matters
A release that is gone took its findings, rejections and sign-offs with it. An auditor counts releases, planned and
withdrawn ones too; a number that is missing must have a reason that can be read.

Releases are looked for in the portal's own history. Where that is not asked (`proof: roster`), nothing is said. A
folder that got another version's name is no deletion, as long as one commit moved every one of its files.

## How to fix
Bring the folder back from the commit that the finding names, and withdraw the release: `phase: withdrawn`, with when,
by whom and why.

## Controls
- ISO 27001 A.5.33: records are protected from loss.
- PCAOB AS 1105: a listing that serves as a population is complete.
"""

from collections.abc import Iterator

from release_portal.facts import OwnHistory
from release_portal.finding import Location
from release_portal.git import Commit, FileChange, FileHistory
from release_portal.portal import Portal
from release_portal.rules._authors import author
from release_portal.rules._rule import Problem, Problems, Rule

_FACTS = "release.yaml"


def check(portal: Portal) -> Problems:
    """Look for every release.yaml of the history in the portal."""
    history = portal.git.history
    present = {release.folder for release in portal.releases}
    for folder in _folders(history) if history else ():
        file = history.of(f"{folder}/{_FACTS}") if history and folder not in present else None
        if history is None or file is None:
            continue
        gone = (
            None if file.tip else next((one for one in reversed(file.changes) if one.kind == "deleted"), None)
        )
        if gone and _moved(history, folder, gone.commit):
            continue
        message = f"release {folder.partition('/')[2]} is {_how(portal, file, gone)}"
        hint = f"git checkout {_before(file, gone)} -- {folder}, and set its phase to 'withdrawn'"
        yield Problem(Location(file.path), message, hint)


def _how(portal: Portal, file: FileHistory, gone: FileChange | None) -> str:
    if file.tip:
        return "in HEAD, and not on disk"
    if gone is None:
        return "in the history, and a merge left it out"
    return f"deleted, in {gone.commit.id[:12]} by {author(portal, gone.commit)}"


def _before(file: FileHistory, gone: FileChange | None) -> str:
    """The newest commit that is known to have the folder."""
    return "HEAD" if file.tip else f"{gone.commit.id[:12]}~" if gone else file.changes[-1].commit.id[:12]


def _folders(history: OwnHistory) -> Iterator[str]:
    """Folders in which a release.yaml is, or was."""
    for path in history.files.paths:
        parts = path.split("/")
        if len(parts) == 3 and parts[0] == "releases" and parts[2] == _FACTS:
            yield "/".join(parts[:2])


def _moved(history: OwnHistory, folder: str, commit: Commit) -> bool:
    """Whether the commit that took a folder away put every one of its files into the folder of another version."""
    touched = next((one.files for one in history.touching(folder) if one.commit.id == commit.id), {})
    below = f"{folder}/"
    gone = {path.removeprefix(below) for path in touched if path.startswith(below)}
    new = {path.rpartition(f"/{_FACTS}")[0] for path in touched if path.endswith(f"/{_FACTS}")} - {folder}
    return any(all(f"{other}/{path}" in touched for path in gone) for other in new)


RULE = Rule(__name__, check, guards=("release",))
