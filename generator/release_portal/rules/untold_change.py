"""A change of the change log is nowhere in the internal release notes.

## Why it matters
Support and operations learn from these notes what is new. A change that they leave out meets its first question, or its
first alert, at a desk where nobody has heard of it.

## How to fix
Name the ticket in `release-notes-internal.md`, with what to watch. One line is enough.

## Controls
- SOC 2 CC8.1: changes are documented.
- ISO 27001 A.8.32: changes are communicated.
"""

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.records.release_notes_internal import InternalNotes
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tickets import names


def check(portal: Portal) -> Problems:
    """Look for every ticket of the change log in the text of the internal notes."""
    for release, record in portal.all(InternalNotes):
        log, severity = release.one(Changes), owed(portal, release, "release-notes-internal")
        for change in log.value.changes if log and log.value and severity else ():
            if not names(record.source.text, change.ticket):
                at = record.source.locate_section("What changed")
                message = f"{change.ticket} is nowhere in the internal notes"
                yield Problem(at, message, f"tell what it changes: {change.title}", release.version, severity)


RULE = Rule(__name__, check, guards=("release-notes-internal",))
