"""A deployment was started by somebody who was no deployer, or let into production by somebody without authority.

## Why it matters
The pipeline's permissions follow the roster. Whoever deploys without the role had access that nobody gave them as part
of their work; whoever lets a release into production without authority over going live replaces the board.

A deployer holds the role `deployer` on the day of the run; in staging it is a warning if they do not. A run to
production is approved by somebody who holds a role that the process asks to sign the release package or the go/no-go
decision. Staging may be approved by anybody but the deployer. Where the process has no such role, nobody is judged.

## How to fix
Correct the record if it names the wrong person, as the pipeline's log shows. If the roster is out of date, its owners
change it in a pull request of its own. If the record is right, the finding stays, as what happened stays: take it to
the retrospective, and take the permission away.

## Controls
- SOC 2 CC8.1: development, approval and deployment are separate duties.
- PCI DSS 6.5.1: each change has a documented approval.
- PCI DSS 6.5.4: roles and functions are separated.
"""

from collections.abc import Iterator
from datetime import date

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.process import Process
from release_portal.rules._people import tickets_of
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import Run, runs

DEPLOYER = "deployer"
_GOING_LIVE = {"release-package", "go-no-go"}


def check(portal: Portal) -> Problems:
    """Look up in the roster who started and who approved each run, as of its day.

    An author of the release's changes is told of by `author-deployed`.
    """
    for release in portal.releases:
        for run in runs(release):
            day = run.deployment.started_at.date()
            for key, deed, roles in _duties(portal.process_of(release), run):
                who = portal.roster.person(getattr(run.deployment, key))
                if who is None or not roles or tickets_of(portal.roster, release, who.id):
                    continue
                if not any(who.holds(role, day) for role in roles):
                    one = run.deployment
                    severity = Severity.WARNING if one.environment == "staging" else Severity.ERROR
                    wanted = " or ".join(f"'{role}'" for role in roles)
                    message = f"{who.name} {deed} the deployment to {one.environment}, {one.region}, but did not hold the role {wanted} on {day}"
                    yield Problem(run.at(key), message, _hint(portal, roles, day), release.version, severity)


def _duties(process: Process, run: Run) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Field, deed and roles of each duty in a run; no roles where the process has none for it."""
    yield "deployed_by", "started", (DEPLOYER,) if DEPLOYER in process.roles else ()
    if run.deployment.environment == "production":
        signing = (one.binding.signed_by for one in process.deliverables if _GOING_LIVE & {*one.subjects})
        yield "approved_by", "approved", tuple(dict.fromkeys(role for roles in signing for role in roles))


def _hint(portal: Portal, roles: tuple[str, ...], day: date) -> str:
    people = dict.fromkeys(one.id for role in roles for one in portal.roster.holders(role, day))
    return f"who could: {', '.join(people) or 'nobody'}; correct the record, or take the permission away"


RULE = Rule(__name__, check, guards=("deployments",), since=date(2026, 11, 24), needs_roster=True)
