"""A legal, compliance or trade report had exceptions, and nothing says which.

## Why it matters
`result: exceptions` says that something was wrong. Whether it was two names that were cleared within the hour or a
filing that never went out is what an auditor asks next.

## How to fix
Say in `note` what the exceptions were and what became of them.

## Controls
- ISO 27001 A.8.32: what a change does is checked after it.
- SOC 2 CC7.3: what was found is evaluated.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.health import Health
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Look for the note of every report with exceptions."""
    for release, record in portal.all(Health):
        for index, one in enumerate(record.value.reports if record.value else ()):
            if one.result == "exceptions" and not one.note.strip():
                at = record.source.locate("reports", index, "result")
                severity = by_stage(portal, release, at)
                if severity:
                    message = f"the report '{one.name}' had exceptions, and no note says which"
                    hint = "add `note`: what they were, and what became of them"
                    yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("health",), since=date(2026, 11, 30))
