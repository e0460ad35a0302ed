"""A product repository, or the portal's own history, was not checked here.

## Why it matters
What was not looked at is neither good nor bad. Where a repository is required, a check stops instead,
with exit code 3.

## How to fix
Clone the repository to the path in mkdocs.yml, with its whole history and its tags. CI runs
`release-portal check --require-git`, which stops where a repository is absent.
"""

from release_portal.finding import Location, Severity
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Name every product repository that could not be read and did not have to be."""
    for one in portal.git.unchecked:
        if one is not portal.git.own:
            yield Problem(Location("mkdocs.yml"), f"{one.name}: not checked here, {one.reason}", one.hint)


RULE = Rule(__name__, check, Severity.NOTICE)
