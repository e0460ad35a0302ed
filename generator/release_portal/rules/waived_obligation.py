"""A deliverable is said not to apply that no release can go without, or whose condition holds.

## Why it matters
Every release is deployed, watched and looked back on, and the records that others write are approved by those whom the
process names. A statement that such a thing does not apply would take a gate away and leave nothing in its place. The
same holds of what the process asks for under a condition, as soon as the condition is met: the notices on a change
with material impact, the report on an incident, the exception for a failed control. Such a statement counts nowhere:
the deliverable is due, as if nothing had been said.

What can never be waived goes by what a deliverable consists of, not by its number: the records `deployments`, `health`
and `retrospective`; the approval of records that other deliverables bring; what is due `when` something is so. The
decision on going live has a rule of its own (`waived-decision`).

## How to fix
Take the statement out of release.yaml, and deliver. Where the condition was met by mistake (an impact was judged too
high), correct the record that meets it, and have that signed again.

## Controls
- SOC 2 CC8.1: changes are authorised, documented and approved.
- ISO 27001 A.8.32: changes follow the procedure for changes.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.progress import unwaivable
from release_portal.records.release import Release as Facts
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for statements on deliverables that cannot be waived."""
    for release, record in portal.all(Facts):
        stated = record.value.not_applicable if record.value else {}
        for item in portal.process_of(release).deliverables if stated else ():
            if item.number not in stated or "go-no-go" in item.subjects:
                continue
            if why := unwaivable(portal.process_of(release), release, item):
                at = record.source.locate_key("not_applicable", item.number)
                message = f"{item.number} '{item.text}' is said not to apply, and it does: {why}"
                yield Problem(
                    at, message, "take the statement out of release.yaml, and deliver", release.version
                )


RULE = Rule(__name__, check, guards=("release",), since=date(2026, 11, 30))
