"""The release was not scanned in both ways that every release is: its code and its dependencies.

## Why it matters
Weaknesses come in by code that the team wrote and by code that it uses. A scan of one says nothing about the
other.

## How to fix
Run the missing scan on the release's commit and add it to `scans.yaml`: `kind: sast` for the code,
`kind: dependencies` for what it uses.

## Controls
- SOC 2 CC8.1: changes are tested before they are approved.
- PCI DSS 6.5.1: testing shows that a change does not weaken security; for custom code, against 6.2.4.
"""

from release_portal.portal import Portal
from release_portal.records.scans import Scans
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

KINDS = ("sast", "dependencies")


def check(portal: Portal) -> Problems:
    """Look for a scan of each kind."""
    for release, record in portal.all(Scans):
        done = {scan.kind for scan in (record.value.scans if record.value else ())}
        missing = [kind for kind in KINDS if kind not in done]
        at = record.source.locate_key("scans")
        severity = by_stage(portal, release, at)
        if missing and severity:
            message = f"no scan of kind {listed(missing)}"
            hint = "scan the release's commit and add what the scan found"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("scans",))
