"""A record names a person who is not in the roster.

## Why it matters
Segregation of duties is judged over people. A name that leads to nobody can be anybody.

## How to fix
Use the person's id as it stands in roster/people.yaml.
"""

from release_portal.portal import Portal
from release_portal.records._walk import values_of
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import meant


def check(portal: Portal) -> Problems:
    """Look up every person that a record names. Signers have a rule of their own."""
    known = list(portal.roster.people)
    for release in portal.releases:
        for record in release.records:
            for route, person in values_of(record, "person id"):
                if record.value is not None and person not in portal.roster.people:
                    hint = meant(person, known)
                    hint = hint or f"add the person to {portal.roster.path}"
                    yield Problem(
                        record.source.locate(*route),
                        f"'{person}' is not in the roster",
                        hint,
                        release.version,
                    )


RULE = Rule(__name__, check, needs_roster=True)
