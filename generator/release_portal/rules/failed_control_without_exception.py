"""A control failed, and no exception that counted at the go/no-go decision covers it.

## Why it matters
A release may go on with a failed control only where somebody answerable has accepted that, for this control and until
a day. The board decides on what was accepted by then.

## How to fix
Meet the control, and correct the answer. If that has to wait, have an exception accepted whose `covers` lists the
control, and name it under the control's `exception`. It may be one of an earlier release that still runs. Where two
frameworks have a control of the same name, write the framework in front of it: `rbi ITG 13(b)`.

Until the board has decided, the exception has to hold as of now. One that was closed after the decision still counts for
it. A hotfix may have it accepted while it may fill in its records.

## Controls
- SOC 2 CC8.1: changes are authorised.
- PCI DSS 6.5.2: after a significant change, all requirements are confirmed to hold.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.checklist import Checklist, Control
from release_portal.records.exceptions import AcceptedException
from release_portal.release import Release
from release_portal.rules._acceptance import shortfall
from release_portal.rules._exceptions import owned_by
from release_portal.rules._owed import owed, unread
from release_portal.rules._rule import Problem, Problems, Rule, by_home


def check(portal: Portal) -> Problems:
    """Look for the exception of every failed control."""
    broken = any(unread(release, "exceptions") for release in portal.releases)
    exceptions: dict[str, list[AcceptedException]] = {}
    for one in (one for release in portal.releases for one in owned_by(release)):
        exceptions.setdefault(one.id, []).append(one)
    for release, record in portal.all(Checklist):
        severity = _due(portal, release)
        for index, control in enumerate(record.value.controls if record.value else ()):
            if record.value is None or severity is None or control.answer != "failed":
                continue
            found = exceptions.get(control.exception, [])
            if broken and control.exception and not found:
                continue  # it may stand in the file that cannot be read
            why = _why(portal, release, record.value.framework, control, found)
            if why:
                at = record.source.locate("controls", index, "exception" if control.exception else "answer")
                hint = (
                    f"name an accepted exception under `exception` whose `covers` lists '{control.control}'"
                )
                yield Problem(at, f"control {control.control} failed, {why}", hint, release.version, severity)


def _due(portal: Portal, release: Release) -> Severity | None:
    """Severity of a failed control that is not excused: exceptions are asked for after the checklists."""
    if owed(portal, release, "checklist") is None:
        return None
    if portal.process_of(release).home("exceptions") is None:
        return by_home(portal, release, "checklist")
    return by_home(portal, release, "exceptions")


def _why(
    portal: Portal, release: Release, framework: str, control: Control, found: list[AcceptedException]
) -> str:
    """Why nothing excuses a control, after a comma; empty where an exception does."""
    if not control.exception:
        return "and no exception is named"
    if not found:
        return f"and there is no exception {control.exception}"
    words = {control.control, f"{framework} {control.control}"}
    reasons = [
        shortfall(portal, release, one) if words & set(one.covers) else "does not cover it" for one in found
    ]
    return "" if "" in reasons else f"and {control.exception} {reasons[0]}"


RULE = Rule(__name__, check, guards=("checklist",))
