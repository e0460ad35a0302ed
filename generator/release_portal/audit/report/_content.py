"""What the evidence report says of a release: the values of its templates, from what the pages show."""

from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from release_portal.assess import Assessment
from release_portal.audit.broken import broken_seal
from release_portal.audit.facts_json import instant
from release_portal.audit.report._late import late
from release_portal.charts import timeline
from release_portal.finding import Severity
from release_portal.metrics.kpis import met
from release_portal.pages._approval import approval
from release_portal.pages._files import digests, files, listings
from release_portal.pages._frame import changed_in
from release_portal.pages._keys import keys_used
from release_portal.pages._part import part, types
from release_portal.pages._production import deployed
from release_portal.pages._sheet import Row, Signer, rows
from release_portal.pages._signoffs import Subject, subjects, tally
from release_portal.pages._tags import tag_facts
from release_portal.pages._trail import Trails
from release_portal.pages.deployment import runs
from release_portal.progress import State
from release_portal.records.seal import Seal
from release_portal.release import Release
from release_portal.rules._runs import first_start

_PARTS = (
    "changes", "code-review", "test-summary", "scans", "health", "incident", "risk-assessment", "checklist", "exceptions",
    "go-no-go", "deployments", "retrospective", "actions",
    "process-change", "references", "audit-package",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its id, which is its template's name, and its title."""

    id: str
    title: str


CHAPTERS = (
    Chapter("summary", "Summary"),
    Chapter("deliverables", "Deliverables"),
    Chapter("signoffs", "Sign-offs and proof"),
    Chapter("changes", "Changes and reviews"),
    Chapter("controls", "Risk and controls"),
    Chapter("tests", "Tests and scans"),
    Chapter("deployment", "Decision and deployment"),
    Chapter("timeline", "Timeline"),
    Chapter("monitoring", "After the deployment"),
    Chapter("retrospective", "Retrospective"),
    Chapter("evidence", "Evidence and references"),
    Chapter("digests", "Digests of all records"),
)


def content(assessment: Assessment, release: Release) -> dict[str, Any]:
    """Give the values."""
    portal = assessment.portal
    trails = Trails.of(assessment, release)
    phases = tuple(rows(assessment, release, trails))
    after = late(portal, release)
    # What is told of the portal as a whole holds for each release.
    found = (*assessment.of(release.version), *assessment.of(""))
    return {
        "chapters": CHAPTERS,
        "assessment": assessment,
        "portal": portal,
        "process": portal.process_of(release),
        "roster": portal.roster,
        "release": release,
        "facts": release.facts,
        "known_tickets": frozenset(),
        "as_of": portal.as_of,
        "stamp": instant(portal.as_of),
        "generator": version("release-portal"),
        "phases": phases,
        "counts": _counts([row for _, found in phases for row in found]),
        "findings": found,
        "errors": sum(one.severity is Severity.ERROR for one in found),
        "warnings": sum(one.severity is Severity.WARNING for one in found),
        "own": trails.own if trails else None,
        "not_checked": portal.git.own,
        "changed_in": changed_in(portal, release),
        "tags": tuple(tag_facts(portal, release)),
        "keys": keys_used(portal, release),
        "seal": release.one(Seal),
        "broken_seal": broken_seal(assessment, release),
        "tally": tally(portal, release),
        "subjects": _subjects(assessment, release),
        "held": lambda one: trails.holding(one.signed) if trails else None,
        "approval": approval(assessment, release),
        "met": met,
        "late": after,
        "is_late": lambda one: one.signed in after,
        "late_of": lambda signer: any((one.subject, one.record.name) in _pairs(signer) for one in after),
        "reached": deployed(portal, release),
        "began": first_start(release),
        "runs": runs(portal, release),
        "figure": timeline.build(assessment, release),
        "files": tuple(files(release)),
        "links": tuple(one for one in listings(release) if one.evidence.url),
        "digests": tuple(digests(release)),
        "part": {name: part(assessment, release, name) for name in _PARTS},
    }


def _counts(items: list[Row]) -> dict[str, int]:
    """How many deliverables there are, and how many are done, waived, or done by files that no commit has."""
    return {
        "total": len(items),
        "done": sum(one.done for one in items),
        "waived": sum(one.progress.state is State.NOT_APPLICABLE for one in items),
        "differs": sum(one.differs for one in items),
    }


def _pairs(signer: Signer) -> frozenset[tuple[str, str]]:
    """What somebody signed, as a sign-off's subject and name."""
    return frozenset((subject, signer.person) for subject in signer.subjects)


def _subjects(assessment: Assessment, release: Release) -> tuple[Subject, ...]:
    titles = {name: type_.title for name, type_ in types().items()}
    return tuple(subjects(assessment, release, titles))
