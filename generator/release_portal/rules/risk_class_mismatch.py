"""The release's risk class is lower than the risk of one of its changes.

## Why it matters
The class decides how closely people look: at the gates, in the portal's lists, in an auditor's sample. A release is as
risky as its riskiest change.

## How to fix
Set `risk` in release.yaml to the highest risk of the changes. If the change's risk was judged too high, correct it in
`changes.yaml`, and have that signed again. A class higher than that of every change is no fault.

## Controls
- ISO 27001 A.8.32: the impact of changes is assessed.
- PCI DSS 6.5.1: the security impact of each change is documented.
"""

from typing import get_args

from release_portal.portal import Portal
from release_portal.records._words import Level
from release_portal.records.release import Release as Facts
from release_portal.rules._log import entries
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule

_RANK = {level: rank for rank, level in enumerate(get_args(Level))}  # from low to high


def check(portal: Portal) -> Problems:
    """Compare the risk class of every release with the highest risk of its changes."""
    for release, record in portal.all(Facts):
        changes = [entry.change for entry in entries(release)]
        if record.value is None or not changes:
            continue
        highest = max((change.risk for change in changes), key=_RANK.__getitem__)
        if _RANK[record.value.risk] < _RANK[highest]:
            tickets = listed([change.ticket for change in changes if change.risk == highest])
            message = f"risk class is '{record.value.risk}', but a change is of {highest} risk: {tickets}"
            yield Problem(record.source.locate("risk"), message, f"set `risk: {highest}`", release.version)


RULE = Rule(__name__, check, guards=("release", "changes"))
