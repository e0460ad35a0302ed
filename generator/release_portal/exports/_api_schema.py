"""JSON Schema, draft-07, of version 1 of the API: what may be relied on."""

from typing import Any

_TEXT: dict[str, Any] = {"type": "string"}
_MAYBE: dict[str, Any] = {"type": ["string", "null"]}
_INSTANT: dict[str, Any] = {
    "type": ["string", "null"],
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    "description": "RFC 3339, in UTC.",
}
_SHA256: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _object(description: str, **fields: dict[str, Any]) -> dict[str, Any]:
    """An object with all of its fields; readers must accept further ones."""
    return {
        "type": "object",
        "description": description,
        "properties": fields,
        "required": list(fields),
        "additionalProperties": True,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _words(*words: str | None) -> dict[str, Any]:
    return {"enum": list(words)}


_SUMMARY = {
    "version": _TEXT,
    "title": _TEXT,
    "type": _words("standard", "hotfix", None),
    "phase": _MAYBE | {"description": "Slug of a phase of the process, `closed` or `withdrawn`."},
    "risk": _words("low", "medium", "high", None),
    "target_date": _MAYBE | {"description": "YYYY-MM-DD."},
    "closed_at": _INSTANT,
    "process": _MAYBE | {"description": "Version of the process that governs the release."},
    "url": _TEXT | {"description": "Its page; relative to this file where the site has no address."},
    "data": _TEXT | {"description": "Its file in this API; relative likewise."},
}
_DELIVERABLE = _object(
    "A deliverable of the process.",
    number=_TEXT,
    title=_TEXT,
    phase=_TEXT,
    state=_words(
        "done", "in progress", "due", "missing", "stale", "not due", "not applicable", "not checked here"
    ),
    reason=_MAYBE | {"description": "Why it is not applicable."},
    records=_list(_object("A file.", path=_TEXT, sha256=_TEXT)),
    missing=_list(_TEXT),
)
_SIGNOFF = _object(
    "A sign-off, and what is proved of it.",
    record=_TEXT,
    person=_TEXT,
    name=_TEXT,
    role=_TEXT,
    decision=_words("approve", "reject", "abstain"),
    meaning=_words("authored", "reviewed", "approved", "witnessed"),
    at=_INSTANT,
    digest=_SHA256,
    proof=_words("stale", "claimed", "roster", "commit", "signed"),
    why=_TEXT,
    commit=_MAYBE,
)
_RELEASE = _object(
    "`releases/<version>.json`",
    schema={"const": 1},
    **_SUMMARY,
    summary=_MAYBE,
    tags=_list(_object("A tag as recorded.", repository=_TEXT, name=_TEXT, commit=_TEXT)),
    deliverables=_list(_DELIVERABLE),
    signoffs=_list(_SIGNOFF),
    changes=_list(
        _object("A change.", ticket=_TEXT, title=_TEXT, kind=_TEXT, risk=_words("low", "medium", "high"))
    ),
    deployments=_list(
        _object(
            "A deployment.",
            environment=_TEXT,
            region=_TEXT,
            started_at=_INSTANT,
            finished_at=_INSTANT,
            outcome=_TEXT,
        )
    ),
    findings=_list(
        _object(
            "What is wrong, or waits.",
            rule=_TEXT,
            severity=_words("error", "warning", "notice"),
            path=_TEXT,
            line={"type": "integer"},
            column={"type": "integer"},
            message=_TEXT,
            hint=_TEXT,
        )
    ),
)
_INDEX = _object(
    "`index.json`",
    schema={"const": 1},
    as_of=_INSTANT,
    process=_TEXT,
    production=_MAYBE | {"description": "Version that production runs."},
    latest=_MAYBE | {"description": "Newest version that production has run."},
    releases=_list(_object("A release.", **_SUMMARY)),
)
SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "Releases, version 1",
    "description": "Keys are added and never taken away; a key never changes its meaning.",
    "definitions": {"index": _INDEX, "release": _RELEASE},
    "anyOf": [{"$ref": "#/definitions/release"}, {"$ref": "#/definitions/index"}],
}
