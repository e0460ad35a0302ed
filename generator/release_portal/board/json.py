"""The board for programs: one JSON object, schema 1, to which keys may be added and never taken away."""

import json
from datetime import datetime
from typing import Any

from release_portal.board._board import Board, Open, PhaseLine, ReleaseBoard
from release_portal.board._format import Format, Screen
from release_portal.board._groups import short_title
from release_portal.finding import Finding
from release_portal.todo import Actor
from release_portal.wording import uncommanded


def render(board: Board, screen: Screen) -> str:  # noqa: ARG001  # one shape for all formats
    """The object `{"schema": 1, "as_of": …, "ready": …, "errors": […], "releases": […]}`; docs/guide/status.md lists its keys."""
    whole = {
        "schema": 1,
        "as_of": _instant(board.portal.as_of),
        "ready": board.ready,
        "errors": [_error(finding) for finding in board.errors],
        "releases": [_release(one) for one in board.releases],
    }
    return uncommanded(json.dumps(whole, indent=2)) + "\n"


def _release(one: ReleaseBoard) -> dict[str, Any]:
    facts = one.release.facts
    return {
        "version": one.release.version,
        "title": short_title(one),
        "type": facts.type if facts else None,
        "phase": one.release.phase,
        "target_date": facts.target_date.isoformat() if facts else None,
        "ready": one.ready,
        "answer": one.answer,
        "phases": [_phase(line) for line in one.phases],
        "open": [_open(thing) for thing in one.open],
        "errors": [_blocking(finding, one.manager) for finding in one.errors],
        "warnings": one.warnings,
    }


def _phase(line: PhaseLine) -> dict[str, Any]:
    return {
        "number": line.phase.number,
        "phase": line.phase.slug,
        "title": line.phase.title,
        "state": line.standing.value,
        "complete": line.complete,
        "deliverables": line.deliverables,
        "since": _instant(line.since),
    }


def _open(one: Open) -> dict[str, Any]:
    todo = one.todo
    return {
        "deliverable": todo.number,
        "phase": todo.phase.slug,
        "kind": todo.gap.kind.value,
        "record": todo.gap.subject,
        "text": todo.text,
        "role": todo.role,
        "people": _people(todo.people),
        "since": _instant(one.since),
        "due": _instant(one.due),
        "overdue": todo.overdue,
        "path": todo.path,
        "line": todo.line or None,
    }


def _blocking(finding: Finding, manager: tuple[Actor, ...]) -> dict[str, Any]:
    return _error(finding) | {"role": "release-manager", "people": _people(manager)}


def _error(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "text": finding.message,
        "hint": finding.hint,
        "path": finding.location.path,
        "line": finding.location.line,
    }


def _people(people: tuple[Actor, ...]) -> list[dict[str, str]]:
    return [{"id": one.id, "name": one.name} for one in people]


def _instant(value: datetime | None) -> str | None:
    return value.isoformat(timespec="seconds") if value else None


FORMAT = Format("json", render)
