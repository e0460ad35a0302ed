"""Why a record that says it is public is not shown: nobody signed it as it stands, or nobody committed it so."""

import re
from typing import Any

from release_portal.portal import Portal
from release_portal.progress import GapKind
from release_portal.records._record import Record
from release_portal.release import Release
from release_portal.rules._timing import is_uncommitted

# Pages show the comments of authors, so that nothing hides in a record.
_COMMENT = re.compile(r"<!--|^\s{0,3}\[//\]:", re.MULTILINE)
_WHY = {
    GapKind.SIGN_OFF: "a sign-off is missing",
    GapKind.STALE: "it changed after it was signed",
    GapKind.UNPROVED: "a sign-off is not proved",
    GapKind.REJECTED: "it is rejected",
    GapKind.EVIDENCE: "its evidence is not as stated",
    GapKind.UNFILLED: "it is not filled in",
}


def withheld(portal: Portal, release: Release, record: Record[Any]) -> str:
    """Give the reason why a record is not for the public as it stands; empty where there is none."""
    for item in portal.progress[release.version].delivered_by(record.type.name):
        for gap in item.gaps:
            if gap.subject == record.type.name and gap.kind in _WHY:
                return _WHY[gap.kind]
    if _COMMENT.search(record.source.body):
        return "it has a comment, which everybody would read"
    return "it is not committed as it stands" if is_uncommitted(portal, record) else ""
