"""What a process is made of: frozen values, no reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

# Under which an optional deliverable is required all the same: the words that may follow `when:`.
CONDITIONS = {
    "impact": "a change has material regulatory or customer impact",
    "high-risk": "a change has high risk or exposes a component anew",
    "incident": "the health report names an incident",
    "failed-control": "a compliance checklist has a failed control",
}


@dataclass(frozen=True, slots=True)
class Binding:
    """What delivers a bullet: record types, and the roles that must each sign every one of their records.

    An optional one may be absent, except where the condition `when` holds (a name of `CONDITIONS`, or empty).
    """

    records: tuple[str, ...]
    signed_by: tuple[str, ...] = ()
    optional: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do in a phase. `number` is such as "3.c"; most actions bind no record."""

    number: str
    text: str
    binding: Binding | None
    line: int


@dataclass(frozen=True, slots=True)
class Deliverable:
    """Something that must exist before a phase closes. `number` is such as "3.2".

    `document` is the name, without `.md`, of the file that delivers it where no other record type does.
    """

    number: str
    text: str
    binding: Binding
    document: str
    line: int

    @property
    def subjects(self) -> tuple[str, ...]:
        """What delivers it, as sign-offs name it: record types, or the document."""
        return (self.document,) if self.document else self.binding.records


@dataclass(frozen=True)
class Phase:
    """One phase of the process. `intro` is Markdown.

    `record_types` are those that live in this phase's folder because no earlier phase names them;
    the type `document` is never among them, as it may live in any phase.
    """

    number: int
    slug: str
    title: str
    intro: str
    actions: tuple[Action, ...]
    deliverables: tuple[Deliverable, ...]
    record_types: tuple[str, ...]
    line: int

    @cached_property
    def folder(self) -> str:
        """Name of the phase's folder in a release, such as `01-planning`."""
        return f"{self.number:02}-{self.slug}"

    @property
    def documents(self) -> tuple[Deliverable, ...]:
        """The deliverables that are delivered as documents."""
        return tuple(item for item in self.deliverables if item.document)


@dataclass(frozen=True, slots=True)
class Slot:
    """A reference that every release fills in."""

    slug: str
    text: str
    line: int

    def filled(self, title: str = "<fill in its title>", url: str = "<fill in its link>") -> str:
        """The slot as a record fills it in; when it was checked is always for a person to say."""
        return f"  {self.slug}:\n    title: {title}\n    url: {url}\n    checked_on: <fill in YYYY-MM-DD>"


@dataclass(frozen=True)
class Process:
    """The process that releases are judged by.

    `roles` gives the title of each role id; `intro` is Markdown; `digest` is that of the document.
    """

    name: str
    version: str
    effective: date
    hotfix_fill_days: int
    retention_years: int
    roles: Mapping[str, str]
    intro: str
    phases: tuple[Phase, ...]
    slots: tuple[Slot, ...]
    path: str
    digest: str

    @property
    def demands(self) -> tuple[object, ...]:
        """What it asks of a release, apart from its wording: two texts that ask the same are equal here."""
        bound = (
            (phase.slug, [(item.number, item.binding, item.document) for item in phase.deliverables],
             [(action.number, action.binding) for action in phase.actions])
            for phase in self.phases
        )  # fmt: skip
        slots = [slot.slug for slot in self.slots]
        return (*bound, slots, sorted(self.roles), self.hotfix_fill_days, self.retention_years)

    @property
    def deliverables(self) -> tuple[Deliverable, ...]:
        """The deliverables of all phases, in order."""
        return tuple(item for phase in self.phases for item in phase.deliverables)

    def phase(self, slug: str) -> Phase | None:
        """Phase of a slug; None where no phase has it."""
        return next((phase for phase in self.phases if phase.slug == slug), None)

    def order(self, slug: str) -> int:
        """Give the number of a phase; for `closed`, `withdrawn` and any other word the one after the last.

        So a release whose phase is misspelt has everything due, not nothing.
        """
        phase = self.phase(slug)
        return phase.number if phase else max(one.number for one in self.phases) + 1

    def home(self, record_type: str) -> Phase | None:
        """Phase in whose folder records of a type live: the first that names it."""
        return self._homes.get(record_type)

    @cached_property
    def _homes(self) -> Mapping[str, Phase]:
        return {name: phase for phase in reversed(self.phases) for name in phase.record_types}

    def folders_before(self, record_type: str) -> tuple[str, ...]:
        """Folders of the phases before a record type's home: what a package record covers."""
        home = self.home(record_type)
        return tuple(phase.folder for phase in self.phases if home and phase.number < home.number)

    def words(self, version: str, type_: str) -> dict[str, str]:
        """What is known of any new release, to be put into the scaffolds of its records; the rest asks to be filled in."""
        return {
            "version": version,
            "type": type_,
            "phase": self.phases[0].slug,
            "process": self.version,
            "title": "<fill in a name that people say>",
            "target_date": "<fill in YYYY-MM-DD>",
            "risk": "<fill in low, medium or high>",
            "roles": "  release-manager: <fill in a person's id>",
            "slots": "\n".join(slot.filled() for slot in self.slots),
        }
