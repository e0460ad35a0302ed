"""A sealed release is judged by another roster than the one that it was sealed under.

## Why it matters
A sign-off counts because its signer held the role on that day. Whoever rewrites what the roster says of the past gives
or takes away authority after the fact, and the sign-offs of a sealed release count for more, or for less.

The seal holds a digest of what the roster said, up to its day, of everyone whom the release names. Later entries change
nothing: people join and leave, take on roles and give them up.

## How to fix
Take back what was changed about the past. A role that ends gets its last day in `until`; a new one gets a line of its
own. Where a person's name or address had to change, set the seal anew, in a commit that says why.

## Controls
- SOC 2 CC6.1 and CC8.1: authority is given before it is used.
- ISO 27001 A.5.33: records are protected from falsification.
"""

from release_portal import sealing
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._sealed import by_whom


def check(portal: Portal) -> Problems:
    """Compare what the roster says of the people of every sealed release with what it said then."""
    for release, record, seal in sealing.seals(portal):
        now = sealing.of_roster(portal.roster, release, seal.sealed_at.date())
        if portal.roster.people and now != seal.roster:
            told = f"says something else of the people of {release.version} than when it was sealed"
            message = f"{told}{by_whom(portal, record, portal.roster.path)}"
            hint = f"compare it with the roster as of {seal.sealed_at.date()}"
            yield Problem(portal.roster.location, message, hint, release.version)


RULE = Rule(__name__, check, guards=("seal", "people"), needs_roster=True)
