"""A release was tagged before the go decision, or after its deployment to production.

## Why it matters
The tag names what the board let go to production. Made before the decision it names what nobody had
approved; made afterwards it names what somebody remembers.

## How to fix
Correct the times if they are wrong. If they are right, record the exception, with a retroactive
approval for an emergency.

## Controls
SOC 2 CC8.1 (approval before implementation).
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.deployments import Deployments
from release_portal.records.go_no_go import GoNoGo
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._tagging import Tagging, taggings


def check(portal: Portal) -> Problems:
    """Compare the tagger's own time with the decision and the first production deployment."""
    for one in taggings(portal):
        if one.actual and one.actual.tag.tagger and one.actual.tag.tagger.at:
            yield from _problems(one)


def _problems(one: Tagging) -> Problems:
    tag = one.actual.tag if one.actual else None
    tagged = tag.tagger.at if tag and tag.tagger else None
    if tag is None or tagged is None:
        return
    decision, deployments = one.release.one(GoNoGo), one.release.one(Deployments)
    emergency = one.release.facts.emergency if one.release.facts else None
    version = one.release.version
    if decision and decision.value and tagged < decision.value.held_at and not emergency:
        message = f"tag '{tag.name}' of {tagged.isoformat()} is older than the go decision"
        yield Problem(decision.source.locate("held_at"), message, "tag after the decision", version)
    starts = [
        deployment.started_at
        for deployment in (deployments.value.deployments if deployments and deployments.value else ())
        if deployment.environment == "production"
    ]
    if starts and tagged > min(starts):
        message = f"tag '{tag.name}' of {tagged.isoformat()} is younger than the deployment"
        yield Problem(one.location, message, "tag before the deployment", version, Severity.ERROR)


RULE = Rule(__name__, check, guards=("deployments",))
