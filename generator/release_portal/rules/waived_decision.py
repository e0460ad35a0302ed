"""The decision on going live is said not to apply: it applies to every release.

## Why it matters
The decision is the last gate before production. A statement under `not_applicable` would take it away together with its
sign-offs, and the release would look as if nothing were missing. There is no release to which the decision does not
apply: what goes to production was let go by somebody. So the statement counts nowhere, and is an error as soon as it
is made, before anything is deployed.

A hotfix with an `emergency` in release.yaml may be decided on afterwards, within the days that the process gives it. It
is not let off the decision.

## How to fix
Take the statement out of release.yaml, and record the decision with the time at which it was taken. If the release was
deployed and nobody decided, take the cause to the retrospective.

## Controls
- SOC 2 CC8.1: changes are approved before they are implemented; in an emergency, they are reviewed at once after.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised before they are deployed.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.rules._emergency import fill_deadline
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import production_runs
from release_portal.rules._waivers import waiver


def check(portal: Portal) -> Problems:
    """Look for a statement that the decision does not apply, whether or not anything was deployed."""
    for release, record in portal.all(Facts):
        number = waiver(portal, release, "go-no-go")
        deployed = production_runs(release)
        if not number:
            continue
        deadline = fill_deadline(portal, release)
        if deadline is None or portal.clock.passed(deadline):
            at = record.source.locate_key("not_applicable", number)
            message = f"{number}, the decision on going live, is said not to apply"
            if deployed and not release.named("go-no-go"):
                message = f"{release.version} was deployed without a decision: {number} is said not to apply"
            place = f"; deployed: {deployed[0].at('started_at')}" if deployed else ""
            hint = f"take the statement out, and record the decision{place}"
            yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, guards=("go-no-go", "release"), since=date(2026, 11, 24))
