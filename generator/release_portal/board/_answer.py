"""Can it be released now: the answer in one sentence."""

from release_portal.portal import Portal
from release_portal.process import Phase
from release_portal.release import CLOSED, WITHDRAWN, Release


def nothing_open(portal: Portal, errors: int) -> str:
    """What there is to say where no release is open. `errors` are wrong with the portal as a whole."""
    words = "Every release is closed." if portal.releases else "There is no release."
    if not errors:
        return words
    return f"{words} The portal has {errors} error{'s' * (errors != 1)}:"


def answer(portal: Portal, release: Release, count: int, *, ready: bool) -> str:
    """Whether it can be released now; once it is, whether it can move on. `count` things are open."""
    phase = portal.process_of(release).phase(release.phase)
    things = "1 thing is" if count == 1 else f"{count} things are"
    if release.phase == WITHDRAWN:
        return "Withdrawn."
    if ready:
        later = f" {things} to be filled in later." if count else ""
        return f"{_step(portal, release, phase)}{later}"
    if release.phase == CLOSED:
        return f"Closed, but not complete: {things} open."
    if phase is None:
        return "In no phase of the process."
    home = portal.process_of(release).home("deployments")
    released = home is not None and phase.number >= home.number
    return f"{'Cannot move on' if released else 'Cannot be released now'}: {things} open."


def _step(portal: Portal, release: Release, phase: Phase | None) -> str:
    """What an open gate leads to."""
    process = portal.process_of(release)
    after = next((one for one in process.phases if phase and one.number == phase.number + 1), None)
    if phase is None:
        return "Closed, and complete."
    if after is None:
        return "Can be closed."
    words = f"move on to phase {after.number}, {after.title}"
    return f"Can be released now: {words}." if after == process.home("deployments") else f"Can {words}."
