"""A release was begun as a standard one, and a later commit made it a hotfix.

## Why it matters
A hotfix may go ahead of its records. A standard release whose gates will not open becomes one by a single word in
release.yaml, and what was missing may come later. After the deployment, the word excuses what had no excuse when it
happened: that is an error, whoever wrote it.

The portal's own history is asked; where git is not, nobody can tell.

## How to fix
Put `type: standard` back. Where the release did become an emergency before it was deployed, leave it: the finding names
who changed it and when, and stays for those who review the release.

## Controls
- SOC 2 CC8.1: emergency changes are authorised, flagged as such, and reviewed afterwards.
- PCI DSS 6.5.1: each change has a documented approval.
"""

from datetime import date

from release_portal.finding import Severity
from release_portal.portal import Portal, Retyping
from release_portal.release import Release
from release_portal.rules._authors import author
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import first_start


def check(portal: Portal) -> Problems:
    """Look for the commits that made a release a hotfix."""
    for release in portal.releases if portal.git.history else ():
        if release.facts and release.facts.type == "hotfix":
            for change in portal.retypings.get(release.version, ()):
                if change.type == "hotfix":
                    yield _problem(portal, release, change)


def _problem(portal: Portal, release: Release, change: Retyping) -> Problem:
    made, start = change.commit.committer.at, first_start(release)
    after = bool(made and start and made >= start)
    when = ", after the deployment to production had begun" if after else ""
    message = f"{author(portal, change.commit)} made a {change.before[0]} release a hotfix in {change.commit.id[:12]}{when}"
    hint = (
        f"the deployment began at {moment(start)}"
        if after and start
        else "put `type: standard` back, unless it is one"
    )
    at = release.named("release")[0].source.locate("type")
    return Problem(at, message, hint, release.version, Severity.ERROR if after else None)


RULE = Rule(__name__, check, Severity.WARNING, guards=("release",), since=date(2026, 11, 30))
