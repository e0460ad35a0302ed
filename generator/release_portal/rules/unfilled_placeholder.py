"""A record still holds a `<fill …>` that a person has to replace.

## Why it matters
`release-portal new` writes records that are valid but say nothing yet. Until each placeholder is
replaced, the record is no record.

## How to fix
Replace the placeholder, angle brackets included, with what it asks for.
"""

from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Report every placeholder in phases that are over or under way."""
    for release in portal.releases:
        for record in (*release.records, *(one.record for one in release.signoffs)):
            for place in record.unfilled:
                severity = by_stage(portal, release, place)
                if severity:
                    line = record.source.text.splitlines()[place.line - 1][place.column - 1 :]
                    words = line[: line.find(">") + 1]
                    hint = f"see the record type's page: /records/{record.type.name}/"
                    yield Problem(place, f"not filled in: {words}", hint, release.version, severity)


RULE = Rule(__name__, check)
