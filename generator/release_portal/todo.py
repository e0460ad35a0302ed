"""What keeps a release from moving on: each open thing once, what to do about it, who must act, and where."""

from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from release_portal.load import record_types
from release_portal.portal import Portal
from release_portal.process import Phase
from release_portal.progress import DeliverableProgress, Gap, GapKind, PhaseProgress, Stage
from release_portal.records._record import RecordType
from release_portal.release import Release

MANAGER = "release-manager"
_ONE_OF_SEVERAL = {GapKind.INVALID, GapKind.UNFILLED, GapKind.EVIDENCE}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who can act: id and name; the id stands for the name of whom the roster does not know."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One open thing of a deliverable, whose number is `number`.

    `role` names who must act, `people` those who can in that role. `path` is the file to look at or to
    write; `line` is 0 where there is no such file yet. `overdue` says that the release has left the phase.
    """

    number: str
    phase: Phase
    gap: Gap
    text: str
    role: str
    people: tuple[Actor, ...]
    path: str
    line: int
    overdue: bool

    @property
    def place(self) -> str:
        """The file, with its line where it is there: `releases/2.6.0/01-planning/scope.md:4`."""
        return f"{self.path}:{self.line}" if self.line else self.path


def todos(portal: Portal, release: Release) -> tuple[Todo, ...]:
    """Everything open in phases that are over or under way, in the order of the process; rejections first."""
    found: dict[tuple[object, ...], Todo] = {}
    for phase in portal.progress[release.version].phases:
        if phase.stage is Stage.AHEAD:
            continue
        for item in phase.deliverables:
            for gap in item.gaps:
                key = (gap.kind, gap.subject, gap.role, gap.location)
                found.setdefault(key, _todo(portal, release, phase, item, gap))
    return tuple(sorted(found.values(), key=lambda one: one.gap.kind is not GapKind.REJECTED))


def gap_text(portal: Portal, release: Release, item: DeliverableProgress, gap: Gap) -> str:
    """What is to be done about a gap."""
    type_ = _types().get(gap.subject)
    title = item.deliverable.text if item.deliverable.document or type_ is None else type_.title
    if type_ and type_.several and gap.kind in _ONE_OF_SEVERAL:
        title = f"{title} {PurePosixPath(gap.location.path).name}"
    role = portal.process_of(release).roles.get(gap.role, gap.role)
    texts = {
        GapKind.RECORD: "to be written",
        GapKind.INVALID: "correct its errors",
        GapKind.SIGN_OFF: f"sign-off by the {role}",
        GapKind.STALE: f"changed after the {role} signed, sign again",
    }
    return f"{title}: {texts.get(gap.kind, gap.message)}"


def people(portal: Portal, release: Release, role: str) -> tuple[Actor, ...]:
    """Who can act: the person whom the release names for the role, else all who hold it."""
    named = release.facts.roles.get(role) if release.facts else None
    if named:
        return (Actor(named, portal.roster.name(named)),)
    return tuple(Actor(one.id, one.name) for one in portal.roster.holders(role, portal.clock.today()))


def _todo(
    portal: Portal, release: Release, phase: PhaseProgress, item: DeliverableProgress, gap: Gap
) -> Todo:
    # What a rejection names has to be settled before whoever rejected it can sign again.
    role = MANAGER if gap.kind is GapKind.REJECTED else gap.role or MANAGER
    path, line = _place(release, item, gap)
    return Todo(
        number=item.deliverable.number,
        phase=phase.phase,
        gap=gap,
        text=gap_text(portal, release, item, gap),
        role=role,
        people=(Actor(gap.person, portal.roster.name(gap.person)),)
        if gap.person
        else people(portal, release, role),
        path=path,
        line=line,
        overdue=phase.stage is Stage.PASSED,
    )


def _place(release: Release, item: DeliverableProgress, gap: Gap) -> tuple[str, int]:
    """File and line: what is to be read before signing, what is to be written, else where the gap is."""
    if gap.kind is GapKind.SIGN_OFF:
        return next((one.path, 1) for one in release.subjects(gap.subject))
    if gap.kind is GapKind.RECORD:
        type_ = None if item.deliverable.document else _types()[gap.subject]
        file = type_.file.partition("*")[0] if type_ else f"{gap.subject}.md"
        return f"{gap.location.path}/{file}", 0
    return gap.location.path, gap.location.line


@cache
def _types() -> dict[str, RecordType[Any]]:
    return record_types()
