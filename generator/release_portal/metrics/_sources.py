"""Where the dated events of a release stand: which records tell which, on which lane they are shown."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from release_portal.records.audit_package import AuditPackage
from release_portal.records.cab_minutes import CabMinutes
from release_portal.records.checklist import Checklist
from release_portal.records.code_review import CodeReview
from release_portal.records.deployments import Deployments
from release_portal.records.go_no_go import GoNoGo
from release_portal.records.health import Health
from release_portal.records.incident import Incident
from release_portal.records.process_change import ProcessChange
from release_portal.records.release import Release as Facts
from release_portal.records.release_notes import ReleaseNotes
from release_portal.records.release_package import ReleasePackage
from release_portal.records.retrospective import Retrospective
from release_portal.records.risk_assessment import RiskAssessment
from release_portal.records.rollback_rehearsal import RollbackRehearsal
from release_portal.records.scans import Scans
from release_portal.records.send_log import SendLog
from release_portal.records.test_summary import TestSummary
from release_portal.records.threat_model import ThreatModel


class Lane(StrEnum):
    """A kind of event, and so a lane of the timeline, from top to bottom."""

    BOARD = "Board"
    ASSESSMENT = "Assessment and review"
    TESTING = "Testing"
    SIGN_OFFS = "Sign-offs"
    DEPLOYMENT = "Tag and deployment"
    MONITORING = "Monitoring"
    INCIDENTS = "Incidents"
    NOTICES = "Notices"
    CLOSURE = "Closure"


@dataclass(frozen=True, slots=True)
class Told:
    """What a record tells: when, a few words for the figure, more for the table, the route to the time."""

    at: datetime
    name: str
    detail: str
    route: tuple[str | int, ...]
    until: datetime | None = None
    day_only: bool = False


def _day(day: date, name: str, detail: str, key: str) -> Told:
    """A day without a time counts from its begin, in UTC."""
    return Told(datetime.combine(day, time(), UTC), name, detail, (key,), day_only=True)


def _deployments(record: Deployments) -> Iterator[Told]:
    for index, one in enumerate(record.deployments):
        name = "Production" if one.environment == "production" else "Staging"
        detail = f"{name} {one.region}, {one.outcome.replace('-', ' ')}"
        yield Told(one.started_at, name, detail, ("deployments", index, "started_at"), one.finished_at)


def _facts(facts: Facts) -> Iterator[Told]:
    if facts.closed_at:
        yield Told(facts.closed_at, "Closed", "Release closed", ("closed_at",))
    if facts.withdrawn:
        yield Told(facts.withdrawn.at, "Withdrawn", "Release withdrawn", ("withdrawn", "at"))


def _rows(name: str, key: str, rows: str, time_key: str) -> Callable[[Any], Iterator[Told]]:
    """A list of rows, each with its time and a field that says which one it is."""

    def told(record: Any) -> Iterator[Told]:
        for index, one in enumerate(getattr(record, rows)):
            detail = f"{name}: {getattr(one, key)}"
            yield Told(getattr(one, time_key), name, detail, (rows, index, time_key))

    return told


def _span(name: str, detail: str, span: str) -> Callable[[Any], Iterator[Told]]:
    def told(record: Any) -> Iterator[Told]:
        one = getattr(record, span)
        yield Told(one.from_, name, detail, (span, "from"), one.until)

    return told


_MEETINGS = {"approve": "approved", "reject": "rejected", "defer": "deferred"}

# An incident is filed with the release that mended it, and notes say when they are to come out: neither is
# work of a phase, so neither counts as one.
SOURCES: tuple[tuple[type[Any], Lane, bool, Callable[[Any], Iterator[Told]]], ...] = (
    (CabMinutes, Lane.BOARD, True, lambda one: iter([Told(one.held_at, "CAB", f"CAB meeting, {_MEETINGS[one.decision]}", ("held_at",))])),
    (GoNoGo, Lane.BOARD, True, lambda one: iter([Told(one.held_at, one.decision.capitalize(), f"Go/no-go decision: {one.decision}", ("held_at",))])),
    (RiskAssessment, Lane.ASSESSMENT, True, lambda one: iter([_day(one.assessed_on, "Risk", "Risk assessment", "assessed_on")])),
    (Checklist, Lane.ASSESSMENT, True, lambda one: iter([_day(one.completed_on, "Checklist", f"Checklist: {one.title}", "completed_on")])),
    (ThreatModel, Lane.ASSESSMENT, True, lambda one: iter([Told(one.reviewed_at, "Threat model", f"Threat model reviewed: {one.title}", ("reviewed_at",))])),
    (CodeReview, Lane.ASSESSMENT, True, _rows("Code review", "ticket", "reviews", "approved_at")),
    (Scans, Lane.ASSESSMENT, True, _rows("Scan", "tool", "scans", "ran_at")),
    (TestSummary, Lane.TESTING, True, _rows("Test suite", "name", "suites", "ran_at")),
    (RollbackRehearsal, Lane.TESTING, True, lambda one: iter([Told(one.rehearsed_at, "Rehearsal", f"Rollback rehearsal, {one.outcome}", ("rehearsed_at",))])),
    (ReleasePackage, Lane.DEPLOYMENT, True, lambda one: iter([Told(one.assembled_at, "Package", "Release package assembled", ("assembled_at",))])),
    (Deployments, Lane.DEPLOYMENT, True, _deployments),
    (Health, Lane.MONITORING, True, _span("Monitoring window", "Monitoring window", "window")),
    (Incident, Lane.INCIDENTS, False, lambda one: iter([Told(one.started_at, one.ticket, f"Incident {one.ticket}: {one.title}", ("started_at",), one.resolved_at)])),
    (AuditPackage, Lane.CLOSURE, True, lambda one: iter([Told(one.created_at, "Audit package", "Audit package created", ("created_at",))])),
    (ReleaseNotes, Lane.NOTICES, False, lambda one: iter([Told(one.published_at, "Release notes", "Release notes published", ("published_at",))] if one.published_at else [])),
    (SendLog, Lane.NOTICES, True, _rows("Notice", "notice", "sendings", "sent_at")),
    (Retrospective, Lane.CLOSURE, True, lambda one: iter([Told(one.held_at, "Retrospective", "Retrospective held", ("held_at",))])),
    (ProcessChange, Lane.CLOSURE, True, lambda one: iter([_day(one.decided_on, "Process", "Outcome for the process decided", "decided_on")])),
    (Facts, Lane.CLOSURE, False, _facts),
)  # fmt: skip
