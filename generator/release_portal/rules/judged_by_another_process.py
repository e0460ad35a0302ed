"""A sealed release is judged by another process than the one that it was sealed under.

## Why it matters
What a release owed is what the process asked of it in its time. If the text of that version changes later, a release
that was complete may seem to lack something, or one that lacked something may seem complete.

The seal holds the digest of the process document. A text that asks the same in other words is as good.

## How to fix
Take back what was changed in that version of the process, and put it into a new one. Where the finding says that the
text is not in the history, check a clone that has all of it: `git fetch --unshallow`.

## Controls
- SOC 2 CC8.1: changes follow the authorised process.
- ISO 27001 A.5.33: records are protected from falsification.
"""

from release_portal import sealing
from release_portal.finding import Location
from release_portal.policy import PROCESS
from release_portal.portal import Portal
from release_portal.process import Process
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._sealed import by_whom


def check(portal: Portal) -> Problems:
    """Compare the process that judges every sealed release with the one that its seal names."""
    today = (portal.process, *portal.processes.values())
    texts: dict[str, Process] = {one.process.digest: one.process for one in portal.git.versions}
    texts |= {one.digest: one for one in today}
    for release, record, seal in sealing.seals(portal):
        judging, sealed = portal.process_of(release), texts.get(seal.process.digest)
        if sealed and sealed.demands == judging.demands and judging.version == seal.process.version:
            continue
        if sealed:
            message = (
                f"process {judging.version} asks for something else than when {release.version} was sealed"
            )
        else:
            message = f"the process {seal.process.version} that {release.version} was sealed under is not in the history"
        hint = f"its text had the SHA-256 {seal.process.digest}"
        yield Problem(
            Location(PROCESS), f"{message}{by_whom(portal, record, PROCESS)}", hint, release.version
        )


RULE = Rule(__name__, check, guards=("seal", "process"))
