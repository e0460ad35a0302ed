"""Nobody looked at a reference for more than a year before the release was decided on.

## Why it matters
A link that was copied from release to release leads to the contacts and policies of another time. In an incident the
first number on the list is then a wrong one.

A year is the longest time that a policy or a contact list should go without a look. It is counted back from the
go/no-go decision, and from today while there is none.

## How to fix
Open the link, correct it if it has moved, and set `checked_on` in references.yaml to the day on which you did.

## Controls
- RBI IT Governance Directions 2023: records lead to what was in force.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.references import References
from release_portal.release import WITHDRAWN
from release_portal.rules._decision import LONGEST, decided_on
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare the day of every reference's last check with the day of the decision."""
    for release, record in portal.all(References):
        day = decided_on(release) or portal.clock.today()
        for name, one in record.value.references.items() if record.value else ():
            if release.phase != WITHDRAWN and one.checked_on < day - LONGEST:
                at = record.source.locate("references", name, "checked_on")
                message = (
                    f"reference '{name}' was last looked at {(day - one.checked_on).days} days before {day}"
                )
                yield Problem(at, message, f"open {one.url} and set `checked_on`", release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("references",))
