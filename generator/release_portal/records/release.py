"""The facts of one release: its version, the phase it is in, who holds which role.

The first file of a release, and the one that moves it on: `phase` names the phase the release is in,
and moving it forward in a pull request is the gate. What does not apply is said here, with a reason
and the person who accepted it, who signs that by the deliverable's number; an absence says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date, datetime
from typing import Literal

from release_portal.records import _fields as field
from release_portal.records._record import RecordType
from release_portal.records._words import Level

ReleaseType = Literal["standard", "hotfix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag of a product repository that carries the release. `commit` is its fully peeled target."""

    repository: str
    name: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """Why a deliverable does not apply, and who accepted that."""

    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Why a hotfix went ahead of its records, and who allowed it."""

    reason: str
    authorised_by: str
    authorised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A span in which nothing else is deployed; both instants carry their zone."""

    reason: str
    from_: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """When, why and by whom a release was withdrawn."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release. `phase` is a phase's slug, `closed` or `withdrawn`; `roles` maps a role to a person."""

    version: str
    title: str
    summary: str
    type: ReleaseType
    phase: str
    target_date: date
    process: str
    risk: Level
    roles: Mapping[str, str]
    tags: tuple[Tag, ...] = ()
    not_applicable: Mapping[str, NotApplicable] = default(default_factory=dict)
    emergency: Emergency | None = None
    freeze: tuple[Freeze, ...] = ()
    closed_at: datetime | None = None
    withdrawn: Withdrawal | None = None


RECORD = RecordType(
    name="release",
    title="Release",
    purpose="What is released, in which phase it is, and who answers for it.",
    file="release.yaml",
    home="release",
    shape=Release,
    schema={
        "version": field.kind("version", "Version", "SemVer; the same as the folder's name."),
        "title": field.text("Title", "A name that people say, such as 'Instant payouts'."),
        "summary": field.text("Summary", "One or two sentences for the portal's lists."),
        "type": field.choice(ReleaseType, "Type", "A hotfix may fill phases 1 to 6 after its deployment."),
        "phase": field.kind(
            "name", "Phase", "Slug of the phase the release is in, or `closed`, or `withdrawn`."
        ),
        "target_date": field.day("Target date", "Day on which production is meant to run this version."),
        "process": field.kind(
            "process version", "Process", "Version of release-process.md that governs the release."
        ),
        "risk": field.choice(Level, "Risk class", "The highest risk of its changes."),
        "roles": field.table(field.person("Person"), "Roles", "Who holds which role in this release."),
        "tags": field.rows(
            {
                "repository": field.kind("name", "Repository", "Name of a repository in mkdocs.yml."),
                "name": field.text("Tag", "Name of the annotated tag, such as v2.4.0."),
                "commit": field.kind(
                    "commit", "Commit", "What the tag points at: `git rev-parse TAG^{commit}`."
                ),
            },
            "Tags",
            "The annotated tags that carry this release, one for each product repository.",
            optional=True,
        ),
        "not_applicable": field.table(
            field.group(
                {
                    "reason": field.text("Reason", "Why the deliverable does not apply to this release."),
                    "approved_by": field.person("Accepted by", "Who accepted that: a person in the roster."),
                },
                "Statement",
            ),
            "Not applicable",
            "Deliverables that do not apply, by number, such as `'9.1'`; who accepts it signs it: `release-portal sign VERSION 9.1`.",
            optional=True,
        ),
        "emergency": field.group(
            {
                "reason": field.text("Reason", "What made it urgent."),
                "authorised_by": field.person("Authorised by", "Who let it go ahead."),
                "authorised_at": field.instant("Authorised at", "When, before the deployment."),
            },
            "Emergency",
            "For a hotfix that went ahead of its records.",
            optional=True,
        ),
        "freeze": field.rows(
            {
                "reason": field.text("Reason", "Why nothing else is deployed."),
                "from": field.instant("From"),
                "until": field.instant("Until"),
            },
            "Freeze windows",
            "Spans in which nothing else is deployed; they appear in the calendar.",
            optional=True,
        ),
        "closed_at": field.instant(
            "Closed at", "When the last phase was accepted; for `phase: closed`.", optional=True
        ),
        "withdrawn": field.group(
            {"at": field.instant("At"), "by": field.person("By"), "reason": field.text("Reason")},
            "Withdrawal",
            "For `phase: withdrawn`: when, who, why.",
            optional=True,
        ),
    },
    scaffold="""\
version: "{version}"
title: {title}
summary: <fill in one or two sentences>
type: {type}
phase: {phase}
target_date: {target_date}
process: "{process}"
risk: {risk}
roles:
{roles}
""",
)
