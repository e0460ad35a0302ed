"""A notice is in no sending of the send log.

## Why it matters
A notice that lies in a folder tells nobody anything. Without a sending there is no proof that it ever left.

## How to fix
Send it, and enter the sending in `send-log.yaml` with its proof of delivery. If it was given up, take it out, and
see that everybody concerned is told in another way.

## Controls
- ISO 27001 A.8.32: changes are communicated, and records are kept.
"""

from release_portal.portal import Portal
from release_portal.records.notice import Notice
from release_portal.records.send_log import SendLog
from release_portal.rules._owed import owed, unread
from release_portal.rules._rule import Problem, Problems, Rule


def check(portal: Portal) -> Problems:
    """Look up every notice in the send log."""
    for release, record in portal.all(Notice):
        severity = owed(portal, release, "send-log")
        if severity is None or unread(release, "send-log"):
            continue
        logs = [log.value for log in release.all(SendLog) if log.value]
        if record.name not in {one.notice for log in logs for one in log.sendings}:
            message = f"notice '{record.name}' was not sent, as far as the send log tells"
            hint = f"send it, and enter it in the send log as `notice: {record.name}`"
            yield Problem(record.source.locate(), message, hint, release.version, severity)


RULE = Rule(__name__, check, guards=("notice", "send-log"))
