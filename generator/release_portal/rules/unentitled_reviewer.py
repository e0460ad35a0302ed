"""A change was reviewed by somebody who held no engineering role on that day.

## Why it matters
A review finds faults where the reviewer reads code for a living. An approval by somebody who does not, or who had left
by then, is a name in a field.

The roles are `developer`, `engineering-lead`, `reviewer`, `code-reviewer`, `sre` and `infosec-owner`, as far as the
process has them. Where it has none of these, whoever holds any role on that day may review.

## How to fix
Have the change reviewed by somebody who holds such a role, and record their approval. If the roster is out of date, its
owners change it in a pull request of its own.

## Controls
- SOC 2 CC8.1: changes are reviewed by somebody who can judge them.
- PCI DSS 6.2.3.1: code is reviewed by people who know review techniques and secure coding.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.code_review import CodeReview
from release_portal.records.people import Person
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

ROLES = ("developer", "engineering-lead", "reviewer", "code-reviewer", "sre", "infosec-owner")


def check(portal: Portal) -> Problems:
    """Look up in the roster every reviewer, as of the day of the approval."""
    for release, record in portal.all(CodeReview):
        roles = [role for role in ROLES if role in portal.process_of(release).roles]
        for index, review in enumerate(record.value.reviews if record.value else ()):
            day = review.approved_at.date()
            for number, reviewer in enumerate(review.reviewers):
                person = portal.roster.person(reviewer)
                if person is None or _may(person, roles, day):
                    continue
                at = record.source.locate("reviews", index, "reviewers", number)
                if severity := by_stage(portal, release, at):
                    message = f"{person.name} reviewed {review.ticket}, and held no engineering role on {day}"
                    wanted = ", ".join(roles) or "any role of the process"
                    yield Problem(
                        at, message, f"a reviewer holds one of: {wanted}", release.version, severity
                    )


def _may(person: Person, roles: list[str], day: date) -> bool:
    if not roles:
        return any(tenure.covers(day) for tenure in person.roles)
    return any(person.holds(role, day) for role in roles)


RULE = Rule(__name__, check, guards=("code-review",), since=date(2026, 11, 30), needs_roster=True)
