"""A commit to the records states an earlier time than the commit that it builds upon.

## Why it matters
A commit's time is what its maker's clock said, or was told to say. A commit cannot be older than its parent: the
time was set back, or a clock was wrong. Whatever this portal concludes from that time is worth nothing.

## How to fix
Ask who committed. If a clock was wrong, set it right, and say so in the next commit. History stays as it is. Ten
minutes are let pass, as clocks differ.

## Controls
- 21 CFR 11.10(e): the audit trail is time-stamped by when things happened.
- ISO 27001 A.5.33 (protection of records).
"""

from release_portal.finding import Location, Severity
from release_portal.portal import Portal
from release_portal.rules._authors import author
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._timing import TOLERANCE


def check(portal: Portal) -> Problems:
    """Compare the committer's time of each commit that touched records or policy with its parents'."""
    own = portal.git.history
    for touch in own.files.touches if own else ():
        commit = touch.commit
        parent = own.ancestry.ahead_of(commit.id, int(TOLERANCE.total_seconds())) if own else ""
        if parent:
            path = min(touch.files)
            folder, _, rest = path.partition("/")
            version = rest.partition("/")[0] if folder == "releases" else ""
            at = moment(commit.committer.at) if commit.committer.at else "no time"
            message = f"commit {commit.id[:12]} by {author(portal, commit)} is dated {at}, before its parent {parent[:12]}"
            yield Problem(Location(path), message, f"git log -2 --format=fuller {commit.id[:12]}", version)


RULE = Rule(__name__, check, Severity.WARNING)
