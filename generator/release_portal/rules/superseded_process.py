"""A release names a version of the process that had been replaced when the release began.

## Why it matters
The version decides what a release owes. Whoever could choose an old one could choose to owe less.

A release begins with the first commit of its folder. Where the portal's own history is not asked (`proof: roster`), it
begins with the board's meeting or the first sign-off on its scope, whichever is earlier; before either, it begins today.
A release that had begun when a new version took effect stays under the old one; a version takes effect on the day that
it gives, but not before it was committed.

## How to fix
Name the version that was in effect on that day, and complete what it asks for.

## Controls
- SOC 2 CC8.1: changes follow the authorised process.
- ISO 27001 A.8.32: changes follow the procedure that is in effect.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.process import Process
from release_portal.records.cab_minutes import CabMinutes
from release_portal.records.release import Release as Facts
from release_portal.release import Release
from release_portal.rules._process_versions import order
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for a later version that was in effect before each release began."""
    for release, record in portal.all(Facts):
        if record.value is None:
            continue
        named = order(record.value.process)
        known: list[Process] = [portal.process, *portal.processes.values()]
        newer = [one for one in known if order(one.version) > named]
        began = _began(portal, release) if newer else None
        later = [one for one in newer if began and _in_effect(portal, one) < began]
        if later:
            newest = max(later, key=lambda one: order(one.version))
            day = f"{newest.version} took effect on {_in_effect(portal, newest)}"
            message = f"version {record.value.process} of the process was replaced before the release began"
            hint = f"{day}, the release began on {began}: name {newest.version}"
            yield Problem(record.source.locate("process"), message, hint, release.version)


def _in_effect(portal: Portal, process: Process) -> date:
    """The day from which a version holds: none that lies before the version was committed."""
    texts = portal.git.versions if portal.git.history else ()
    made = (one.commit.committer.at for one in texts if one.process.version == process.version)
    return max(process.effective, min((at.date() for at in made if at), default=process.effective))


def _began(portal: Portal, release: Release) -> date | None:
    """The day on which a release began; None where nothing tells."""
    history = portal.git.history
    touches = history.touching(release.folder) if history else ()
    if touches:
        first = touches[-1].commit.committer.at
        return first.date() if first else None
    met = [one.value.held_at for one in release.all(CabMinutes) if one.value]
    signed = [one.value.at for one in release.signoffs if one.value and one.subject == "scope"]
    if met or signed:
        return min(met + signed).date()
    is_new = release.phase == portal.process_of(release).phases[0].slug
    return portal.clock.today() if is_new else None


RULE = Rule(__name__, check, guards=("release", "process"))
