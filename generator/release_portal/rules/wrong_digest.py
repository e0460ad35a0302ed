"""An evidence file is not the one whose digest the record states.

## Why it matters
The SHA-256 is what ties a claim to its proof. A file that was edited, regenerated or swapped after the
record was written no longer proves what was approved.

## How to fix
If the file is right, put its digest into the record (`sha256sum FILE`), and have the record signed
again. If it is not, restore the file.

Where the record was signed as it is with the file's own digest, only the digest in it was changed. Then the hint says so:
put it back, and sign-offs and packages that are stale by this alone hold again.

Where only the line ends differ, git changed them on checkout (`core.autocrlf`). Put `releases/*/evidence/** -text` into
.gitattributes, which keeps evidence byte for byte as it was committed, then remove the files and check them out again.
"""

from typing import Any

from release_portal import digest
from release_portal.portal import Portal
from release_portal.records._record import Record
from release_portal.records._walk import evidence_of
from release_portal.release import Release
from release_portal.rules._rule import Problem, Problems, Rule

_LINE_ENDS = (
    "only line ends differ: say `releases/*/evidence/** -text` in .gitattributes, and check it out anew"
)


def check(portal: Portal) -> Problems:
    """Compare every evidence file's digest with the one stated."""
    for release in portal.releases:
        for record in release.records:
            for route, evidence in evidence_of(record):
                file = release.evidence.get(evidence.path)
                if file and file.sha256 != evidence.sha256:
                    at = record.source.locate(*route, "sha256")
                    message = f"'{evidence.path}' has another SHA-256 than stated"
                    hint = _LINE_ENDS if evidence.sha256 in file.line_ends else f"the file's is {file.sha256}"
                    if _was_signed_with(release, record, evidence.sha256, file.sha256):
                        hint += ", which the record had when it was signed: put it back, and what this made stale holds again"
                    yield Problem(at, message, hint, release.version)


def _was_signed_with(release: Release, record: Record[Any], stated: str, actual: str) -> bool:
    """Whether a sign-off binds to the record as it would be with the file's own digest in it."""
    before = digest.of_text(record.source.text.replace(stated, actual).encode())
    subjects = {record.type.name, record.name}
    return any(
        one.value and one.value.digest == before for one in release.signoffs if one.subject in subjects
    )


RULE = Rule(__name__, check)
