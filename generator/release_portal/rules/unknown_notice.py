"""The send log tells of a notice of which there is no copy.

## Why it matters
The log says that something went out, and nobody can read what. An auditor who asks what customers or the regulator
were told gets no answer.

## How to fix
Correct the name: it is that of a file in `notices/`, without `.md`. If the copy is missing, add the text as it went
out.

## Controls
- ISO 27001 A.8.32: changes are communicated, and records are kept.
- PCAOB AS 1105: a listing is complete and accurate.
"""

from release_portal.portal import Portal
from release_portal.records.send_log import SendLog
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import meant


def check(portal: Portal) -> Problems:
    """Look up the notice of every sending."""
    for release, log in portal.all(SendLog):
        names = [notice.name for notice in release.named("notice")]
        sendings = log.value.sendings if log.value else ()
        unsent = [name for name in names if name not in {one.notice for one in sendings}]
        for index, sending in enumerate(sendings):
            if sending.notice not in names:
                at = log.source.locate("sendings", index, "notice")
                message = f"'{sending.notice}' was sent, but there is no copy of it"
                hint = meant(sending.notice, unsent) or f"add it as notices/{sending.notice}.md"
                yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, guards=("send-log",))
