"""`/api/v1/`: releases as JSON, with their schema. Keys are added and never taken away or given another meaning.

`index.json` lists the releases; `releases/<version>.json` holds one: its facts, how far each deliverable is, who
signed and what is proved of it, what changed, where it was deployed, and what is wrong. `schema.json` describes both.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from release_portal.assess import Assessment
from release_portal.exports._api_schema import SCHEMA
from release_portal.exports._export import Export, File, address
from release_portal.pages._production import in_production, latest
from release_portal.records.changes import Changes
from release_portal.records.deployments import Deployments
from release_portal.release import Release, SignedRecord

ROOT = "api/v1/"


def files(assessment: Assessment) -> Iterator[File]:
    """Give index, releases and schema."""
    portal = assessment.portal
    running, newest = in_production(portal), latest(portal)
    index = {
        "schema": 1,
        "as_of": _utc(portal.as_of),
        "process": portal.process.version,
        "production": running.release.version if running else None,
        "latest": newest.version if newest else None,
        "releases": [_summary(assessment, one, f"{ROOT}index.json") for one in portal.releases],
    }
    yield File(f"{ROOT}index.json", _text(index))
    yield File(f"{ROOT}schema.json", _text(SCHEMA))
    for release in portal.releases:
        path = f"{ROOT}releases/{release.version}.json"
        yield File(path, _text(_release(assessment, release, path)))


def _summary(assessment: Assessment, release: Release, here: str) -> dict[str, Any]:
    facts, settings = release.facts, assessment.portal.settings
    return {
        "version": release.version,
        "title": release.title,
        "type": facts.type if facts else None,
        "phase": release.phase or None,
        "risk": facts.risk if facts else None,
        "target_date": facts.target_date.isoformat() if facts else None,
        "closed_at": _utc(facts.closed_at if facts else None),
        "process": release.process_version or None,
        "url": address(settings, f"releases/{release.version}/", here),
        "data": address(settings, f"{ROOT}releases/{release.version}.json", here),
    }


def _release(assessment: Assessment, release: Release, here: str) -> dict[str, Any]:
    facts = release.facts
    changes, deployments = release.one(Changes), release.one(Deployments)
    return {
        "schema": 1,
        **_summary(assessment, release, here),
        "summary": facts.summary if facts else None,
        "tags": [
            {"repository": one.repository, "name": one.name, "commit": one.commit}
            for one in (facts.tags if facts else ())
        ],
        "deliverables": [
            {
                "number": one.deliverable.number,
                "title": one.deliverable.text,
                "phase": one.phase.slug,
                "state": one.state.value,
                "reason": one.reason or None,
                "records": [{"path": record.path, "sha256": record.digest} for record in one.records],
                "missing": [gap.message for gap in one.gaps],
            }
            for one in assessment.portal.progress[release.version].deliverables
        ],
        "signoffs": [_signoff(assessment, one) for one in release.signoffs if one.value],
        "changes": [
            {"ticket": one.ticket, "title": one.title, "kind": one.kind, "risk": one.risk}
            for one in (changes.value.changes if changes and changes.value else ())
        ],
        "deployments": [
            {
                "environment": one.environment,
                "region": one.region,
                "started_at": _utc(one.started_at),
                "finished_at": _utc(one.finished_at),
                "outcome": one.outcome,
            }
            for one in (deployments.value.deployments if deployments and deployments.value else ())
        ],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "path": one.location.path,
                "line": one.location.line,
                "column": one.location.column,
                "message": one.message,
                "hint": one.hint,
            }
            for one in assessment.of(release.version)
        ],
    }


def _signoff(assessment: Assessment, signed: SignedRecord) -> dict[str, Any]:
    value = signed.value
    assert value is not None  # noqa: S101  # the caller has looked
    return {
        "record": signed.subject,
        "person": value.by,
        "name": assessment.portal.roster.name(value.by),
        "role": value.role,
        "decision": value.decision,
        "meaning": value.meaning,
        "at": _utc(value.at),
        "digest": value.digest,
        "proof": signed.attestation.proof.value,
        "why": signed.attestation.why,
        "commit": signed.attestation.commit or None,
    }


def _utc(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def _text(content: object) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


EXPORT = Export("api", files)
