"""The process asks for something else than when its version took effect, and still has the same version.

## Why it matters
Each release names the version of the process that governs it. If a version asks for more today than when releases
were closed under it, nobody can say what they were judged by. Until the version is raised, releases that name it are
judged by what it asked when it took effect, so a new deliverable is asked of nobody.

## How to fix
Raise `version` in the front matter of release-process.md and set `effective` to the day from which it holds. Wording
may be mended without that.

## Controls
- ISO 27001 A.8.32: changes follow a documented procedure, and it is known which one.
"""

from release_portal.finding import Location
from release_portal.portal import Portal
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Compare the document with its version as it took effect."""
    version = portal.process.version
    if portal.processes.get(version, portal.process).demands != portal.process.demands:
        message = f"it asks for something else than version {version} did when it took effect"
        yield Problem(Location(portal.process.path), message, "raise `version` in its front matter")


RULE = Rule(__name__, check, guards=("process",))
