"""What differs between the facts of two releases: compared by key, and by nothing else.

compare.js does the same in the browser for any two releases; a browser test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from release_portal.pages.comparison._section import Fact, Group, Section


@dataclass(frozen=True, slots=True)
class Row:
    """What differs: one fact, or several alike. `before` and `after` are empty where there is none of it."""

    word: str
    facts: tuple[Fact, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """What differs in a group. `only` says which of the two has it at all: "before", "after", or both (empty)."""

    title: str
    rows: tuple[Row, ...]
    only: Literal["", "before", "after"] = ""
    size: int = 0

    @property
    def count(self) -> int:
        """How many things differ in it."""
        return 1 if self.only else sum(len(row.facts) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Difference:
    """A section with the groups in which something differs; `recorded` if either release has a group at all."""

    section: Section
    groups: tuple[GroupDifference, ...]
    recorded: bool

    @property
    def count(self) -> int:
        """How many things differ; a group that one of the two lacks is one."""
        return sum(one.count for one in self.groups)


def difference(section: Section, before: Sequence[Group], after: Sequence[Group]) -> Difference:
    """Compare what a section says of two releases."""
    found = _added(after) if section.adds else _compared(section, before, after)
    groups = tuple(one for one in found if one.rows or one.only)
    return Difference(section, groups, bool(after or (before and not section.adds)))


def _added(groups: Sequence[Group]) -> Iterator[GroupDifference]:
    for group in groups:
        yield GroupDifference(group.title, tuple(Row("", (fact,), after=fact.value) for fact in group.facts))


def _compared(section: Section, before: Sequence[Group], after: Sequence[Group]) -> Iterator[GroupDifference]:
    old, new = ({group.key: group for group in groups} for groups in (before, after))
    for key in dict.fromkeys((*new, *old)):
        if key not in old:
            yield GroupDifference(new[key].title, (), "after", len(new[key].facts))
        elif key not in new:
            yield GroupDifference(old[key].title, (), "before", len(old[key].facts))
        else:
            rows = _rows(section, old[key].facts, new[key].facts)
            yield GroupDifference(new[key].title, tuple(rows))


def _rows(section: Section, before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[Row]:
    """First what changed, then what is new, then what is gone; each in its own release's order."""
    old, new = ({fact.key: fact for fact in facts} for facts in (before, after))
    for key, fact in new.items():
        if key in old and old[key].value != fact.value:
            yield Row(section.changed, (fact,), old[key].value, fact.value)
    for facts in _alike(section, [fact for key, fact in new.items() if key not in old]):
        yield Row(section.new, facts, after=facts[0].value)
    for facts in _alike(section, [fact for key, fact in old.items() if key not in new]):
        yield Row(section.gone, facts, before=facts[0].value)


def _alike(section: Section, facts: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    """Facts that share a row."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.value if section.brief else fact.key].append(fact)
    yield from map(tuple, found.values())
