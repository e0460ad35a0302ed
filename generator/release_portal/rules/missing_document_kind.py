"""A release lists no user guide, no security or compliance document, no API reference or no support article.

## Why it matters
Users, auditors, integrators and support each read a document of their own. One that nobody looked at describes the
version before.

## How to fix
Add the document to `documentation.yaml` as it stands for this release, with link, version and owner; also one that did
not have to change. If the release touches no document at all, say in release.yaml that the deliverable does not apply.

## Controls
- SOC 2 CC8.1: changes are documented.
- ISO 27001 A.8.32: changes are communicated.
"""

from release_portal.portal import Portal
from release_portal.records.documentation import Documentation
from release_portal.rules._owed import owed
from release_portal.rules._phrases import listed
from release_portal.rules._rule import Problem, Problems, Rule

DEMANDED = {
    "a user guide": {"user-guide"},
    "a security or compliance document": {"security", "compliance"},
    "an API reference": {"api-reference"},
    "a support article": {"support"},
}


def check(portal: Portal) -> Problems:
    """Look for a document of each kind."""
    for release, record in portal.all(Documentation):
        stated: set[str] = {one.kind for one in (record.value.documents if record.value else ())}
        missing = [what for what, kinds in DEMANDED.items() if not kinds & stated]
        severity = owed(portal, release, "documentation")
        if missing and severity:
            at = record.source.locate_key("documents")
            hint = "list it as it stands for this release, changed or not"
            yield Problem(at, f"documentation lacks {listed(missing)}", hint, release.version, severity)


RULE = Rule(__name__, check, guards=("documentation",))
