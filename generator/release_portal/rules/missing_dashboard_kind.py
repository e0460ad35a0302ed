"""No dashboard of the new version is one of monitoring, or none is one of security.

## Why it matters
A release is watched for faults and for attacks. A version that shows on one of the two only is watched with one eye.

## How to fix
Switch the missing dashboard to the new version, and add it to `dashboards.yaml` under its `kind`.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
"""

from release_portal.portal import Portal
from release_portal.records.dashboards import Dashboards
from release_portal.rules._owed import owed
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule

KINDS = ("monitoring", "security")


def check(portal: Portal) -> Problems:
    """Look for a dashboard of each kind."""
    for release, record in portal.all(Dashboards):
        shown = {board.kind for board in (record.value.dashboards if record.value else ())}
        missing = [kind for kind in KINDS if kind not in shown]
        at = record.source.locate_key("dashboards")
        severity = owed(portal, release, "dashboards")
        if missing and severity:
            message = f"no dashboard of kind {listed(missing)}"
            hint = "add the dashboard that shows the new version"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("dashboards",))
