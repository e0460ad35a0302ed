"""A record still holds a `<fill …>` that a person has to replace.

## Why it matters
`release-portal new` writes records that are valid but say nothing yet. Until each placeholder is
replaced, the record is no record.

## How to fix
Replace the placeholder, angle brackets included, with what it asks for, and run `release-portal check VERSION`. The
record's page says what each field is for.
"""

from typing import Any

from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Report the first placeholder of each record, and where the others are, in phases that are over or under way."""
    for release in portal.releases:
        for record in (*release.records, *(one.record for one in release.signoffs)):
            if record.unfilled and (severity := by_stage(portal, release, record.unfilled[0])):
                hint = f"write it into the file, then run: release-portal check {release.version}"
                yield Problem(record.unfilled[0], _words(record), hint, release.version, severity)


def _words(record: Record[Any]) -> str:
    first, *others = record.unfilled
    line = record.source.text.splitlines()[first.line - 1][first.column - 1 :]
    message = f"not filled in: {line[: line.find('>') + 1]}"
    if not others:
        return message
    lines = sorted({place.line for place in others})
    where = f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"
    return f"{message}, and {len(others)} more on {where}"


RULE = Rule(__name__, check)
