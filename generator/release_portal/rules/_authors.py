"""Who made a commit, in the words of the roster."""

from release_portal.git import Commit
from release_portal.portal import Portal


def author(portal: Portal, commit: Commit) -> str:
    """Name of a commit's author by the roster; the address where the roster does not know it."""
    person = portal.roster.by_email(commit.author.email)
    return person.name if person else f"an unknown address, {commit.author.email or 'none'}"
