"""A reference slot of the process is not filled for a release.

## Why it matters
Each release names its own tracker, policies, test results and contacts, so that years later a reader
finds the ones that were in force.

## How to fix
Add the slot under `references` in references.yaml, with title, link and the day somebody checked it.
"""

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.progress import Stage
from release_portal.records.references import References
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.wording import nearest


def check(portal: Portal) -> Problems:
    """Compare the process's slots with the release's references."""
    for release in portal.releases:
        if release.facts is None:
            continue
        process = portal.process_of(release)
        slots = [slot.slug for slot in process.slots]
        first = portal.progress[release.version].phases[0]
        begun = release.facts.phase == first.phase.slug and first.stage is not Stage.PASSED
        severity = Severity.WARNING if begun else Severity.ERROR
        if not release.named("references"):
            message = f"release {release.version} has no references.yaml"
            yield Problem(release.location, message, f"slots: {', '.join(slots)}", release.version, severity)
        record = release.one(References)
        if record is None or record.value is None:
            continue
        for slot in process.slots:
            if slot.slug not in record.value.references:
                at = record.source.locate_key("references")
                yield Problem(
                    at, f"reference '{slot.text}' is missing", f"add `{slot.slug}`", release.version, severity
                )
        for name in record.value.references:
            if name not in slots:
                at = record.source.locate_key("references", name)
                yield Problem(
                    at, f"'{name}' is no slot of the process", nearest(name, slots), release.version
                )


RULE = Rule(__name__, check, guards=("references",))
