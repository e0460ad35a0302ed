"""Every id that somebody may type or paste, and where it is shown: tickets, controls, commits, digests, people."""

from collections.abc import Iterator
from dataclasses import dataclass

from release_portal.assess import Assessment, all_rules
from release_portal.pages._coverage import coverage
from release_portal.pages._part import types
from release_portal.pages._places import home
from release_portal.pages._tags import tagging
from release_portal.pages.registers._cell import spot
from release_portal.portal import Portal
from release_portal.records.actions import Actions
from release_portal.records.changes import Changes
from release_portal.records.checklist import Checklist
from release_portal.records.code_review import CodeReview
from release_portal.records.exceptions import Exceptions
from release_portal.records.incident import Incident
from release_portal.records.risk_assessment import RiskAssessment
from release_portal.records.runbook import Runbook
from release_portal.release import Release


@dataclass(frozen=True, slots=True)
class Identifier:
    """An id and one place where it is shown.

    `kind` says what it names, as in "PAY-201 · change in 2.4.0"; `uri` is an address from the site's root;
    `register` the register that lists every release's, if there is one.
    """

    text: str
    kind: str
    uri: str
    title: str = ""
    release: str = ""
    register: str = ""


def identifiers(assessment: Assessment) -> Iterator[Identifier]:
    """Give each id with each of its places: the portal's own first, then the newest release's."""
    portal = assessment.portal
    for person in portal.roster.people.values():
        uri = f"registers/signoffs/?person={person.id}"
        for name in (person.id, person.name):
            yield Identifier(name, "person", uri, person.team if name == person.name else person.name)
    for type_ in types().values():
        yield Identifier(type_.name, "record type", f"records/{type_.name}/", type_.title)
    for rule in all_rules():
        yield Identifier(rule.name, "rule", f"rules/{rule.name}/", rule.summary)
    for release in portal.releases:
        yield from _own(release)
        yield from _entries(release)
        yield from _commits(portal, release)
        yield from _digests(release)


def _own(release: Release) -> Iterator[Identifier]:
    """The release itself, by its version and by its tags."""
    tags = release.facts.tags if release.facts else ()
    for name in dict.fromkeys((release.version, *(tag.name for tag in tags))):
        yield Identifier(name, "release", home(release), release.title)
    for tag in tags:
        yield Identifier(
            tag.commit, f"commit of tag {tag.name}", home(release), release.title, release.version
        )


def _entries(release: Release) -> Iterator[Identifier]:
    """What its records list, each where its row stands."""

    def entry(text: str, kind: str, page: str, title: str, register: str, anchor: str = "") -> Identifier:
        uri = spot(release, page, anchor or text)
        return Identifier(text, kind, uri, title, release.version, register)

    for changes in release.all(Changes):
        for change in changes.value.changes if changes.value else ():
            yield entry(change.ticket, "change", "changes", change.title, "changes")
    for list_ in release.all(Checklist):
        for one in list_.value.controls if list_.value else ():
            anchor = f"{list_.name}-{one.control.replace(' ', '-')}"
            kind = f"{list_.value.title} control" if list_.value else ""
            yield entry(one.control, kind, "checklist", one.question, "controls", anchor)
    for assessed in release.all(RiskAssessment):
        for risk in assessed.value.risks if assessed.value else ():
            yield entry(risk.id, "risk", "risk-assessment", risk.description, "risks")
    for asked in release.all(Exceptions):
        for exception in asked.value.exceptions if asked.value else ():
            yield entry(exception.id, "exception", "exceptions", exception.title, "exceptions")
    for log in release.all(Actions):
        for action in log.value.actions if log.value else ():
            for name in dict.fromkeys((action.id, action.ticket)):
                yield entry(name, "action", "actions", action.title, "actions", action.id)
    for incident in release.all(Incident):
        if incident.value:
            yield entry(
                incident.value.ticket,
                "incident",
                "incident",
                incident.value.title,
                "incidents",
                incident.name,
            )
    for runbook in release.all(Runbook):
        if runbook.value:
            uri = f"{home(release)}runbooks/{runbook.name}/"
            yield Identifier(runbook.name, "runbook", uri, runbook.value.title, release.version, "runbooks")


def _commits(portal: Portal, release: Release) -> Iterator[Identifier]:
    """Commits that a review saw, that came with the tag, and that made the records."""
    for reviews in release.all(CodeReview):
        for one in reviews.value.reviews if reviews.value else ():
            uri = spot(release, "code-review", f"review-{one.ticket}")
            yield Identifier(one.commit, f"commit reviewed for {one.ticket}", uri, release=release.version)
    ranges = [made for one in tagging(portal, release) if (made := coverage(one))]
    for number, made in enumerate(ranges, start=1):
        uri = f"{home(release)}history/#commits-{number}"
        kind = f"commit of {made.tagging.product.repository.name}"
        for covered in made.commits:
            yield Identifier(covered.commit.id, kind, uri, covered.commit.subject, release.version)
    own = portal.git.history
    for touch in own.touching(release.folder) if own else ():
        uri = f"{home(release)}history/#records"
        yield Identifier(touch.commit.id, "commit of records", uri, touch.commit.subject, release.version)


def _digests(release: Release) -> Iterator[Identifier]:
    """SHA-256 of records and of evidence."""
    evidence = f"{home(release)}evidence/"
    for record in release.records:
        yield Identifier(
            record.digest, "record", f"{evidence}#digests", release.relative(record), release.version
        )
    for file in release.evidence.values():
        uri = f"{evidence}#file-{file.sha256[:12]}"
        yield Identifier(file.sha256, "evidence file", uri, file.path, release.version)
