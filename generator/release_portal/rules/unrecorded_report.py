"""An incident was reported to a regulator, but there is no copy of the report.

## Why it matters
A regulator holds the portal's owner to what was reported. Without the text and the time of its sending, the duty to
report cannot be shown to have been kept.

## How to fix
Add the report to `notices/` with `audience: regulator`, as it went out, and its sending to the send log. If nothing
was reported, set `reported_to_regulator: false`.

## Controls
- ISO 27001 A.8.32: changes are communicated, and records are kept.
"""

from release_portal.portal import Portal
from release_portal.records.incident import Incident
from release_portal.records.notice import Notice
from release_portal.rules._owed import owed, unread
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look for a notice to a regulator where an incident was reported to one."""
    for release, record in portal.all(Incident):
        severity = owed(portal, release, "notice")
        if severity is None or unread(release, "notice"):
            continue
        told = any(notice.value and notice.value.audience == "regulator" for notice in release.all(Notice))
        if record.value and record.value.reported_to_regulator and not told:
            at = record.source.locate("reported_to_regulator")
            message = f"{record.value.ticket} was reported to a regulator, but no notice to one is on record"
            hint = "add the report as it went out, with `audience: regulator`"
            yield Problem(at, message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("notice", "incident"))
