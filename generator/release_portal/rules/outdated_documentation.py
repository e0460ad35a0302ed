"""A document that the release lists as updated is older than the deployment of the release before.

## Why it matters
The list says what was brought up to date for this release. A document whose last change lies before the release that
was deployed before cannot tell of this one: it was listed, not updated.

What ran before is the release whose deployment to production had ended last when this one's began.

## How to fix
Bring the document up to date and correct `updated_on` and `version`; or take it out of the list, if the release changes
nothing in it.

## Controls
- PCI DSS 6.5.2: after a significant change, documentation is updated.
- ISO 27001 A.8.32: documentation is updated with a change.
"""

from datetime import date

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.documentation import Documentation
from release_portal.rules._production import before
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare the day of every document with the deployment of the release before."""
    earlier = before(portal)
    for release, record in portal.all(Documentation):
        last = earlier.get(release.version)
        for index, one in enumerate(record.value.documents if record.value and last else ()):
            if last and one.updated_on < last.deployed_at.date():
                at = record.source.locate("documents", index, "updated_on")
                if by_stage(portal, release, at):
                    day = last.deployed_at.date()
                    message = f"'{one.title}' was updated on {one.updated_on}, before {last.release.version} was deployed on {day}"
                    hint = "bring it up to date, or take it out: the list is of what this release updated"
                    yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("documentation",), since=date(2026, 11, 30))
