"""Who committed what when: the history that the sample's records tell of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from release_portal.portal import Portal
from release_portal.process import Phase
from release_portal.records._record import Record
from release_portal.records._walk import evidence_of, values_of
from release_portal.records.deployment_plan import DeploymentPlan
from release_portal.records.send_log import SendLog
from release_portal.release import CLOSED, Release
from release_portal.rules._events import events as told_by

_OFFICE = timezone(timedelta(hours=5, minutes=30))
# Who keeps a record whose first person is not its author.
_KEEPERS = {
    "release": "release-manager",
    "references": "release-manager",
    "changes": "product-owner",
    "access-log": "release-manager",
    "code-review": "engineering-lead",
    "scans": "infosec-owner",
    "test-summary": "qa-lead",
    "deployments": "deployer",
    "health": "on-call",
    "actions": "release-manager",
}


@dataclass(frozen=True, order=True)
class Event:
    """One commit to the portal: paths from its root, and the text of the first where it is not the sample's."""

    at: datetime
    person: str
    message: str
    paths: tuple[str, ...]
    text: str | None = None


def events(portal: Portal, release: Release) -> Iterator[Event]:
    """The commits of one release: its records, its sign-offs, and its way through the phases."""
    times = _times(release)
    committed: set[str] = set()
    for record in sorted(release.records, key=lambda one: times[one.path]):
        if record.type.name == "release":
            continue
        evidence = [f"{release.folder}/{item.path}" for _, item in evidence_of(record) if item.path]
        paths = (record.path, *(path for path in evidence if path not in committed))
        committed.update(paths)
        message = f"{release.version}: {record.type.title.lower()}{f' {record.name}' if record.name else ''}"
        closed = release.facts.closed_at if release.facts else None
        if closed and times[record.path] > closed:  # the action log goes on after the closure
            before = closed - timedelta(minutes=30)
            yield Event(before, _keeper(release, record), message, paths, _still_open(record, closed))
        yield Event(times[record.path], _keeper(release, record), message, paths)
    for signed in release.signoffs:
        if signed.value:
            message = f"{release.version}: {signed.value.decision} {signed.subject} as {signed.value.role}"
            yield Event(signed.value.at, signed.value.by, message, (signed.record.path,))
    yield from _phases(portal, release, times)


def _still_open(record: Record[Any], closed: datetime) -> str:
    """The action log as it was when its release was closed: what was done later was open, and nobody had noted it."""
    blocks = []
    for block in re.split(r"(?m)^(?=  - id:)", record.source.text):
        done = re.search(r"(?m)^    done_on: (.*)\n", block)
        if not done or date.fromisoformat(done[1]) > closed.date():
            block = re.sub(r"(?m)^    state: .*$", "    state: open", block)
            block = re.sub(r"(?m)^    (?:done_on|note):.*\n(?:      .*\n)*", "", block)
        blocks.append(block)
    return "".join(blocks)


def _keeper(release: Release, record: Record[Any]) -> str:
    roles = release.facts.roles if release.facts else {}
    role = _KEEPERS.get(record.type.name, "")
    if role in roles:
        return roles[role]
    return next((person for _, person in values_of(record, "person id")), roles.get("release-manager", ""))


def _times(release: Release) -> dict[str, datetime]:
    """When each record was committed: after all that it tells, before anyone signed it, sent it or went by it."""
    times: dict[str, datetime] = {}
    start = last = min(signed.value.at for signed in release.signoffs if signed.value) - timedelta(days=1)
    for record in sorted(release.records, key=lambda one: (one.type.home == "phase", one.path)):
        limits = [
            *(one.value.at for one in release.signoffs if one.value and one.subject == record.type.name),
            *_used(release, record),
        ]
        told = max(_instants(record), default=None)
        if record.type.home == "release":
            times[record.path] = told or start  # release.yaml has commits of its own
            continue
        at = told or last
        times[record.path] = min(at, min(limits) - timedelta(minutes=20)) if limits else at
        last = max(last, times[record.path])
    return times


def _used(release: Release, record: Record[Any]) -> Iterator[datetime]:
    """When a notice went out, or a deployment plan's window opened."""
    if isinstance(record.value, DeploymentPlan):
        yield record.value.window.from_
    log = release.one(SendLog)
    for sending in log.value.sendings if log and log.value else ():
        if record.type.name == "notice" and sending.notice == record.name:
            yield sending.sent_at


def _instants(record: Record[Any]) -> Iterator[datetime]:
    for _, _, when in told_by(record):
        yield when if isinstance(when, datetime) else datetime.combine(when, time(17), _OFFICE)


def _phases(portal: Portal, release: Release, times: dict[str, datetime]) -> Iterator[Event]:
    """release.yaml as it moved: one commit for each phase that the release entered."""
    facts, record = release.facts, release.named("release")[0]
    if facts is None:
        return
    manager = facts.roles["release-manager"]
    reached = portal.process.order(facts.phase)
    at = min(times.values()) - timedelta(hours=1)
    for phase in portal.process.phases[:reached]:
        final = phase.slug == facts.phase
        text = record.source.text if final else _as_of(record.source.text, phase, portal)
        yield Event(at, manager, f"{release.version}: enter {phase.slug}", (record.path,), text)
        at = max([at, *_activity(release, phase, times)]) + timedelta(minutes=10)
    if facts.phase == CLOSED and facts.closed_at:
        yield Event(facts.closed_at, manager, f"{release.version}: close", (record.path,), record.source.text)


def _activity(release: Release, phase: Phase, times: dict[str, datetime]) -> Iterator[datetime]:
    """When records of a phase were committed or signed."""
    for path, at in times.items():
        if path.startswith(f"{release.folder}/{phase.folder}/"):
            yield at
    for signed in release.signoffs:
        if signed.value and signed.subject in phase.record_types:
            yield signed.value.at


def _as_of(text: str, phase: Phase, portal: Portal) -> str:
    """release.yaml as it was in an earlier phase: without what only came later."""
    home = portal.process.home("deployments")
    later = {"closed_at", "tags"} if home and phase.number <= home.number else {"closed_at"}
    lines, skipping = [], False
    for line in text.splitlines(keepends=True):
        if line[:1].strip():
            skipping = line.partition(":")[0] in later
        if not skipping:
            lines.append(f"phase: {phase.slug}\n" if line.startswith("phase:") else line)
    return "".join(lines)
