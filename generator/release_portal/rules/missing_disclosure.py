"""A change with customer impact is disclosed nowhere in the public release notes.

## Why it matters
Customers build on what the product did yesterday. A change that reaches them without a word is noticed when
something of theirs breaks, and then it looks hidden.

## How to fix
Add a disclosure to `release-notes.md` and name the change's ticket under its `tickets`. A change that the text
names by its ticket is disclosed as well. If customers notice nothing, correct `customer_impact` in `changes.yaml`,
and have both records signed again. For a minor impact this is a warning.

## Controls
- ISO 27001 A.8.32: the impact of changes is assessed, and changes are communicated.

## Example
    disclosures:
      - kind: pricing
        statement: Fees are rounded half to even from this release on.
        tickets: [PAY-209]
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records.changes import Changes
from release_portal.records.release_notes import ReleaseNotes
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tickets import names


def check(portal: Portal) -> Problems:
    """Look up every change with customer impact in the public notes, once there are any."""
    for release, record in portal.all(Changes):
        notes, severity = release.one(ReleaseNotes), owed(portal, release, "release-notes")
        if notes is None or severity is None:
            continue
        for index, change in enumerate(record.value.changes if record.value else ()):
            if change.customer_impact == "none" or _discloses(notes, change.ticket):
                continue
            at = record.source.locate("changes", index, "customer_impact")
            weight = severity if change.customer_impact == "material" else Severity.WARNING
            message = (
                f"{change.ticket} has {change.customer_impact} customer impact, and no disclosure names it"
            )
            hint = f"disclose it in {notes.path}, with `tickets: [{change.ticket}]`"
            yield Problem(at, message, hint, release.version, weight)


def _discloses(notes: Record[ReleaseNotes], ticket: str) -> bool:
    """Whether a disclosure or the text of the notes names a ticket."""
    if notes.value and any(ticket in one.tickets for one in notes.value.disclosures):
        return True
    return any(names(text, ticket) for text in notes.source.sections().values())


RULE = Rule(__name__, check, guards=("release-notes",))
