"""An evidence file is not the one whose digest the record states.

## Why it matters
The SHA-256 is what ties a claim to its proof. A file that was edited, regenerated or swapped after the
record was written no longer proves what was approved.

## How to fix
If the file is right, put its digest into the record (`sha256sum FILE`), and have the record signed
again. If it is not, restore the file.

Where only the line ends differ, git changed them on checkout (`core.autocrlf`). Put `releases/*/evidence/** -text` into
.gitattributes, which keeps evidence byte for byte as it was committed, then remove the files and check them out again.
"""

from release_portal.portal import Portal
from release_portal.records._walk import evidence_of
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
                    yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check)
