"""A notice did not reach everybody to whom it was sent, or its counts cannot be.

## Why it matters
What was sent and not delivered told nobody anything. An address that bounced is a customer who does not know.

## How to fix
Reach the others in another way, and log that as a further sending of the same notice, or say in the sending's `note`
how they were told. A note does not do where nobody at all was reached. Where more were reached than it was sent to,
correct the counts.

## Controls
- ISO 27001 A.8.32: changes are communicated, and records are kept.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.send_log import Sending, SendLog
from release_portal.rules._rule import Problem, Problems, Rule, by_stage


def check(portal: Portal) -> Problems:
    """Compare what was sent with what was delivered, later sendings of the same notice included."""
    for release, log in portal.all(SendLog):
        sendings = log.value.sendings if log.value else ()
        for index, one in enumerate(sendings):
            at = log.source.locate("sendings", index, "delivered")
            if one.delivered > one.recipients:
                message = f"'{one.notice}' was sent to {one.recipients}, but delivered to {one.delivered}"
                yield Problem(at, message, "correct the counts", release.version, Severity.ERROR)
                continue
            severity = by_stage(portal, release, at)
            if severity and _unreached(one, sendings):
                message = f"'{one.notice}' did not reach {one.recipients - one.delivered} of {one.recipients} recipients"
                hint = "log a further sending that reached them, or say in `note` how they were told"
                yield Problem(at, message, hint, release.version, severity)


def _unreached(sending: Sending, sendings: tuple[Sending, ...]) -> bool:
    """Whether recipients of a sending were neither reached later nor told in a way that its note gives."""
    later = (
        one.delivered for one in sendings if one.notice == sending.notice and one.sent_at > sending.sent_at
    )
    reached = sending.delivered + sum(later)
    return reached < sending.recipients and not (sending.note and reached)


RULE = Rule(__name__, check, guards=("send-log",))
