"""The outcome for the process does not agree with the process document.

## Why it matters
The retrospective ends in a changed process, or in the statement that it stays. A change that is announced and not made
is a lesson that nobody will follow; the next release is governed by the old text.

Earlier versions are read from the portal's own history. Where that does not count (`proof: roster`), an older version
than today's may exist, and nothing is said of it.

## How to fix
Change `release-process.md`, with the new `version` at its head, and name that version. If nothing changed, set
`decision: no-change`, leave `version` out, and say why.

## Controls
- SOC 2 CC8.1: changes are authorised and documented.
- ISO 27001 A.8.32: changes are recorded.
"""

from collections.abc import Iterator

from release_portal.portal import Portal
from release_portal.records.process_change import ProcessChange
from release_portal.release import Release
from release_portal.rules._owed import owed
from release_portal.rules._process_versions import existence, order
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare every outcome with the process that governs the release, and with the versions that exist."""
    for release, record in portal.all(ProcessChange):
        severity = owed(portal, release, "process-change")
        if record.value is None or severity is None:
            continue
        for key, message, hint in _faults(portal, release, record.value):
            yield Problem(record.source.locate(key), message, hint, release.version, severity)


def _faults(portal: Portal, release: Release, change: ProcessChange) -> Iterator[tuple[str, str, str]]:
    if change.decision == "no-change":
        if change.version:
            message = f"the process does not change, and yet {change.version} is named as its new version"
            yield "version", message, "leave `version` out, or set `decision: changed`"
        return
    if not change.version:
        yield "decision", "the process changed, but its new version is not named", "add `version`"
        return
    governed = release.facts.process if release.facts else ""
    if governed and order(change.version) <= order(governed):
        message = f"the new version {change.version} is not newer than {governed}, which governs the release"
        yield "version", message, "name the version that the change led to"
    elif existence(portal, change.version) is False:
        message = f"release-process.md has no version {change.version}"
        yield "version", message, f"make the change; the document is at {portal.process.version}"


RULE = Rule(__name__, check, guards=("process-change", "process"))
