"""Public release notes link a document that is not for the public.

## Why it matters
Notes go to customers as they are. A link to a document of the house shows them a door that does not open, and tells
an attacker where it is.

What is public, `documentation.yaml` says: `public: true`. Of an address that no documentation record of the portal
lists, nothing is known, and nothing is said.

## How to fix
Link a public document instead, or take the link out and move it to the internal notes. If the document is public, say
so in `documentation.yaml`.

## Controls
- ISO 27001 A.8.32: changes are communicated.
"""

import re
from collections.abc import Iterator

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.documentation import Documentation
from release_portal.records.release_notes import ReleaseNotes
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

_LINK = re.compile(r"https?://[^\s<>()\[\]\"'`]+")


def check(portal: Portal) -> Problems:
    """Look up every address in public notes among the documents that are listed as not public."""
    private = _private(portal)
    for release, record in portal.all(ReleaseNotes):
        for at, address in _links(record):
            title, severity = private.get(_bare(address)), by_stage(portal, release, at)
            if title and severity:
                message = f"public notes link '{title}', which is not public"
                yield Problem(at, message, "link a public document, or none", release.version, severity)


def _private(portal: Portal) -> dict[str, str]:
    """Title by address of every document that is listed, and nowhere as public."""
    listed = [
        one for _, record in portal.all(Documentation) if record.value for one in record.value.documents
    ]
    public = {_bare(one.url) for one in listed if one.public}
    return {_bare(one.url): one.title for one in listed if _bare(one.url) not in public}


def _links(record: Record[ReleaseNotes]) -> Iterator[tuple[Location, str]]:
    """Every address in a record's text, with its place."""
    for number, line in enumerate(record.source.text.splitlines(), start=1):
        for match in _LINK.finditer(line):
            yield Location(record.path, number, match.start() + 1), match[0]


def _bare(address: str) -> str:
    """An address without the place in its page, and without what ends a sentence or a path."""
    return address.partition("#")[0].rstrip("/.,;:!?*_")


RULE = Rule(__name__, check, guards=("release-notes",))
