"""A release is governed by a version of the process whose text cannot be found.

## Why it matters
The process version says what the release owes. Where nobody can find that text, the release cannot be judged by it. It
is judged by today's, which may ask for more or for less than was agreed.

Earlier versions are read from the portal's own history. A version that is not there is an error, and so is one that is
newer than the document as it stands: it is nowhere. Where the history does not count (`proof: roster`), there may be
none, or one that is younger than the portal: an older version may have been there all the same, and this is a notice.

## How to fix
Correct `process` in release.yaml. If the version is being written, merge the process document first.

## Controls
- SOC 2 CC8.1: changes follow an authorised process.
- PCAOB AS 1105: it is known what a listing was judged by.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.release import Release as Facts
from release_portal.rules._process_versions import existence, order
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import nearest

_ASK = (
    "not asked is not the same as not found: `proof: commit` or `signed` in mkdocs.yml asks the whole history"
)


def check(portal: Portal) -> Problems:
    """Look up the version that every release names."""
    known = sorted(portal.processes, key=order, reverse=True)
    for release, record in portal.all(Facts):
        version = record.value.process if record.value else portal.process.version
        exists, at = existence(portal, version), record.source.locate("process")
        if exists is None:
            instead = f"{release.version} is judged by {portal.process.version}"
            message = f"the text of process {version} is not here, and the portal's history does not count; {instead}"
            yield Problem(at, message, _ASK, release.version, Severity.NOTICE)
        elif not exists:
            newer = order(version) > order(portal.process.version)
            where = "is newer than the document itself" if newer else "is not in the portal's history"
            message = f"there is no version {version} of the process, it {where}: {release.version} cannot be judged by it"
            yield Problem(at, message, nearest(version, known), release.version)


RULE = Rule(__name__, check, guards=("release", "process"))
