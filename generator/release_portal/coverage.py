"""What guards what: for everything that a process asks for, the rules that judge it.

What is asked for is guarded where each of its records has a rule of its own. Rules that hold of every record, and
those of sign-offs, stand beside that: they say that something is there, readable and signed, not that it is good.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from release_portal.process import Process
from release_portal.rules._rule import EVERYTHING, Rule

SIGN_OFFS, SLOTS = "signoff", "references"
_BESIDE = ("release", "people", "process")  # what releases have that no deliverable names


@dataclass(frozen=True, slots=True)
class Guarded:
    """Something that rules judge: a record type, a document, a reference; with the rules of its own."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A deliverable, an action or a reference of the process. `signed` says that the process asks for sign-offs."""

    number: str
    text: str
    parts: tuple[Guarded, ...]
    signed: bool = False

    @property
    def guarded(self) -> bool:
        """Whether each part has a rule of its own."""
        return all(part.rules for part in self.parts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Rows of a process; `actions` are those that bind records. `beside` stands in no deliverable."""

    deliverables: tuple[Row, ...]
    actions: tuple[Row, ...]
    references: tuple[Row, ...]
    beside: tuple[Guarded, ...]
    signing: tuple[Rule, ...]
    general: tuple[Rule, ...]

    @property
    def figures(self) -> tuple[tuple[str, int, int], ...]:
        """What was counted, how many of it are guarded, and how many there are."""
        groups = {"deliverables": self.deliverables, "references": self.references, "actions": self.actions}
        return tuple((name, sum(row.guarded for row in rows), len(rows)) for name, rows in groups.items())

    @property
    def holes(self) -> tuple[Row, ...]:
        """What no rule of its own guards, whole or in part."""
        return tuple(row for row in (*self.deliverables, *self.actions, *self.references) if not row.guarded)


def coverage(process: Process, rules: Iterable[Rule]) -> Coverage:
    """Lay rules over a process."""
    known = tuple(rules)
    deliverables = (
        Row(one.number, one.text, tuple(_parts(known, one.subjects)), bool(one.binding.signed_by))
        for one in process.deliverables
    )
    actions = (
        Row(one.number, one.text, tuple(_parts(known, one.binding.records)), bool(one.binding.signed_by))
        for phase in process.phases
        for one in phase.actions
        if one.binding
    )
    slots = (
        Row("", slot.text, (Guarded(slot.slug, _guards(known, SLOTS, f"slot:{slot.slug}")),))
        for slot in process.slots
    )
    return Coverage(
        tuple(deliverables),
        tuple(actions),
        tuple(slots),
        tuple(_parts(known, _BESIDE)),
        _guards(known, SIGN_OFFS),
        tuple(rule for rule in known if rule.guards == EVERYTHING),
    )


def _parts(rules: tuple[Rule, ...], names: Iterable[str]) -> Iterator[Guarded]:
    return (Guarded(name, _guards(rules, name)) for name in names)


def _guards(rules: tuple[Rule, ...], *names: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules if any(name in rule.guards for name in names))
