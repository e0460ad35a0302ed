"""A release is governed by a version of the process that does not exist.

## Why it matters
The process version says what the release owes. Where nobody can find that text, the release is judged by today's, which
may ask for more or for less than was agreed.

Earlier versions are read from the portal's own history. Where that does not count (`proof: roster`), an older version
than today's may exist; only a newer one is told, and as a warning.

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


def check(portal: Portal) -> Problems:
    """Look up the version that every release names."""
    known = sorted(portal.processes, key=order, reverse=True)
    for release, record in portal.all(Facts):
        if record.value and existence(portal, record.value.process) is False:
            version = record.value.process
            message = f"there is no version {version} of the process; {release.version} is judged by {portal.process.version}"
            severity = Severity.ERROR if portal.git.history else Severity.WARNING
            at = record.source.locate("process")
            yield Problem(at, message, nearest(version, known), release.version, severity)


RULE = Rule(__name__, check, guards=("release", "process"))
