"""A release went to production before the go/no-go decision, or without one on record.

## Why it matters
The decision is the last gate before production. A deployment that does not wait for it was not approved when it
happened. Instants are compared, whatever zones they are written in.

Only a hotfix may be decided on afterwards: `type: hotfix` with an `emergency` in release.yaml that says who
authorised it, and `retroactive: true` in the decision, within the days that the process gives it.

## How to fix
Correct the times if they are wrong. If they are right, the finding stays, as what happened stays: take the cause to
the retrospective.

## Controls
- SOC 2 CC8.1: changes are approved before they are implemented; in an emergency, they are reviewed at once after.
- PCI DSS 6.5.1: each change has a documented approval.
- ISO 27001 A.8.32: changes are authorised before they are deployed.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.go_no_go import GoNoGo
from release_portal.release import Release
from release_portal.rules._emergency import emergency
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule, by_home
from release_portal.rules._runs import production_runs
from release_portal.rules._waivers import waiver


def check(portal: Portal) -> Problems:
    """Compare the first deployment to production with the decision."""
    for release in portal.releases:
        deployed, record = production_runs(release), release.one(GoNoGo)
        if not deployed:
            continue
        if record is None or record.value is None:
            if _undecided(portal, release):
                message = "deployed to production without a go/no-go decision on record"
                hint = "record the decision; a deployment waits for it"
                yield Problem(deployed[0].at("started_at"), message, hint, release.version)
            continue
        decision, start = record.value, deployed[0].deployment.started_at
        if start < decision.held_at and not (emergency(release) and decision.retroactive):
            message = f"deployed to production before the go/no-go decision of {moment(decision.held_at)}"
            hint = f"the decision: {record.source.locate('held_at')}"
            if decision.retroactive:
                hint += "; only a hotfix with an `emergency` is decided on afterwards"
            elif emergency(release):
                hint += "; one that follows an emergency says `retroactive: true`"
            yield Problem(deployed[0].at("started_at"), message, hint, release.version)


def _undecided(portal: Portal, release: Release) -> bool:
    """Whether a decision is due, is not there at all, and no other rule makes an error of that."""
    asked = portal.process_of(release).home("go-no-go") is not None
    told = by_home(portal, release, "go-no-go") is Severity.ERROR or waiver(portal, release, "go-no-go")
    return asked and not told and not release.named("go-no-go") and not emergency(release)


RULE = Rule(__name__, check, guards=("go-no-go", "deployments"))
