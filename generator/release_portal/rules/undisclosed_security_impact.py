"""A change that touches security and reaches customers has no security disclosure in the public release notes.

## Why it matters
Customers answer for the security of what they build on the product. A change of material security impact that they can
notice is theirs to assess too, and a line in running text is not what they look for.

A disclosure of another kind, or the ticket in the text of the notes, tells that something changed; it does not tell
what it means for security. `missing-disclosure` asks for those.

## How to fix
Add a disclosure of kind `security`, `privacy` or `data` to `release-notes.md` and name the change's ticket under its
`tickets`. Say what customers have to know, and nothing that helps an attacker. If security is not concerned, or
customers are not, correct the impact in `changes.yaml`, and have both records signed again.

## Controls
- ISO 27001 A.8.32: the impact of changes is assessed, and changes are communicated.

## Example
    disclosures:
      - kind: security
        statement: Sessions end after 15 minutes without activity.
        tickets: [PAY-209]
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.changes import Changes
from release_portal.records.release_notes import ReleaseNotes
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule

_KINDS = frozenset({"security", "privacy", "data"})


def check(portal: Portal) -> Problems:
    """Look up every change of material security impact that customers notice in the disclosures."""
    for release, record in portal.all(Changes):
        notes, severity = release.one(ReleaseNotes), owed(portal, release, "release-notes")
        if notes is None or notes.value is None or severity is None:
            continue
        told = {ticket for one in notes.value.disclosures if one.kind in _KINDS for ticket in one.tickets}
        for index, change in enumerate(record.value.changes if record.value else ()):
            if (
                change.security_impact != "material"
                or change.customer_impact == "none"
                or change.ticket in told
            ):
                continue
            at = record.source.locate("changes", index, "security_impact")
            message = f"{change.ticket} has material security impact and reaches customers, and no security disclosure names it"
            hint = f"disclose it in {notes.path}, with `kind: security` and `tickets: [{change.ticket}]`"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("release-notes",), since=date(2026, 11, 24))
