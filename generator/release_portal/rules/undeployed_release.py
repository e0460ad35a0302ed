"""A release has passed its deployment, but no deployment brought it to production.

## Why it matters
Monitoring, notices and retrospective are about a version that customers use. Without a successful deployment to
production they are about nothing, and the portal would show a version as live that is not.

## How to fix
Add the run that succeeded to `deployments.yaml`. If there was none, set `phase` back, or withdraw the release
(`phase: withdrawn`).

## Controls
- SOC 2 CC8.1: the implementation of changes is documented.
- PCAOB AS 1105: a listing that serves as a population is complete.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.deployments import Deployments
from release_portal.release import WITHDRAWN
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import last_end


def check(portal: Portal) -> Problems:
    """Look for a deployment to production that succeeded, where the phase is over."""
    for release, record in portal.all(Deployments):
        passed = owed(portal, release, "deployments") is Severity.ERROR
        if passed and release.phase != WITHDRAWN and last_end(release) is None:
            at = record.source.locate_key("deployments")
            message = f"{release.version} is past its deployment, but none to production succeeded"
            yield Problem(at, message, "add the run that succeeded, or set `phase` back", release.version)


RULE = Rule(__name__, check, guards=("deployments",))
