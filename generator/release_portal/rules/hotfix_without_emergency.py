"""A hotfix went to production ahead of its records, and nobody is named who allowed it.

## Why it matters
An emergency is the one way past the gates, and somebody takes it by name: why it could not wait, who authorised it, and
when. A hotfix that says nothing of that went past the gates all the same.

While it is missing, what was decided, reviewed, signed, rehearsed or tried after the deployment is not told one by one:
all of it hangs on this. A hotfix that waited for its decision needs no emergency.

## How to fix
Add to release.yaml who authorised the hotfix, as it was; nobody can authorise it afterwards. If nobody did, the finding
stays, as what happened stays: take the cause to the retrospective. If the release is none, set `type: standard`.

## Controls
- SOC 2 CC8.1: emergency changes are authorised, flagged as such, and reviewed afterwards.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised before they are deployed.

## Example
    emergency:
      reason: "INC-88: payouts are executed twice; the rail is paused until the fix runs."
      authorised_by: helen.byrne
      authorised_at: 2026-08-05T22:20:00+05:30
"""

from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.rules._emergency import unstated
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import first_start


def check(portal: Portal) -> Problems:
    """Look for hotfixes that were decided on after their deployment, and state no emergency."""
    for release, record in portal.all(Facts):
        start = first_start(release)
        if start and unstated(release):
            message = f"{release.version} went to production on {moment(start)} ahead of its decision, and states no emergency"
            hint = "add `emergency` with `reason`, `authorised_by` and `authorised_at`; what came after the deployment hangs on it"
            yield Problem(record.source.locate("type"), message, hint, release.version)


RULE = Rule(__name__, check, guards=("release",))
