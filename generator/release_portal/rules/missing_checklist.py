"""The scope names a framework that no compliance checklist of the release answers.

## Why it matters
The regulatory boundaries in the scope say which frameworks the release touches. A framework that was named at planning
and is answered nowhere looks as though it had been looked at.

## How to fix
Answer the framework's controls in `checklists/<framework>.yaml`. If the release turned out not to touch it, take the
boundary out of `scope.md`, and have the scope signed again.

## Controls
- ISO 27001 A.8.32: the impact of changes is assessed.
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.scope import Scope
from release_portal.release import Release
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import meant


def check(portal: Portal) -> Problems:
    """Look for a checklist of every framework by which the scope draws a boundary."""
    for release, record in portal.all(Scope):
        severity = owed(portal, release, "checklist")
        if record.value is None or severity is None:
            continue
        answered, told = _answered(release), {one.framework for one in record.value.boundaries}
        for index, boundary in enumerate(record.value.boundaries):
            name = boundary.framework
            first = name not in {one.framework for one in record.value.boundaries[:index]}
            if first and name not in answered:
                at = record.source.locate("boundaries", index, "framework")
                message = f"the scope draws a boundary by {name}, and no checklist answers it"
                hint = meant(name, answered - told) or f"write checklists/{name}.yaml"
                yield Problem(at, message, hint, release.version, severity)


def _answered(release: Release) -> frozenset[str]:
    """Frameworks that a release has a checklist for, also one that has errors or waits to be filled."""
    records = release.named("checklist")
    return frozenset(one.value.framework if one.value else one.name for one in records)


RULE = Rule(__name__, check, guards=("scope", "checklist"), since=date(2026, 11, 24))
