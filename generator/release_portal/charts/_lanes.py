"""A lane of the timeline: events on it, near ones drawn as one mark, and words where there is room."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from release_portal.charts._drawing import Drawing
from release_portal.charts._scale import Scale
from release_portal.charts._words import broad, counted, shortened
from release_portal.metrics.events import Event

_NEAR, _SIZE, _GAP = 13, 13, 6
_WORTH_A_BAR = 10  # a span narrower than that is a point

Room = tuple[float, float]  # from here to there on the axis


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label stands: its base point, to which side it runs, what it takes up."""

    x: float
    anchor: str
    room: Room
    above: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Events that are drawn as one, from `begin` to `end` on the axis; `ring` says that a rule faults one of them."""

    begin: float
    end: float
    events: tuple[Event, ...]
    ring: bool = False

    @property
    def span(self) -> bool:
        """Whether it is one event that lasted long enough to be seen."""
        return len(self.events) == 1 and self.end - self.begin >= _WORTH_A_BAR

    @property
    def half(self) -> float:
        """How far it reaches to both sides of its middle."""
        bare = (self.end - self.begin) / 2 if self.span else 9 if len(self.events) > 1 else 5
        return bare + 4 * self.ring

    @property
    def middle(self) -> float:
        """Its middle on the axis."""
        return (self.begin + self.end) / 2

    @property
    def words(self) -> str:
        """Its label: the names of its events, each once; empty where the lane says it all."""
        counts = Counter(one.name for one in self.events)
        plain = counts.pop("", 0)
        names = [f"{number} {name.lower()}" if plain else name for name, number in counts.items()]
        return ", ".join(names) if len(names) < 4 else counted(len(self.events), "event")

    @property
    def tip(self) -> str:
        """What it shows, line by line."""
        return "\n".join(f"{one.when}  {one.detail}" for one in self.events)


def marks(events: Sequence[Event], scale: Scale, guilty: frozenset[Event]) -> tuple[Mark, ...]:
    """Give the marks of a lane, from left to right; what lasts stands for itself."""
    spans, found = [], list[Mark]()
    for one in sorted(events, key=lambda one: (one.at, one.end)):
        mark = Mark(scale(one.at.timestamp()), scale(one.end.timestamp()), (one,))
        last = found[-1] if found else None
        if mark.span:
            spans.append(mark)
        elif last and mark.begin - last.middle < _NEAR + 4 * (len(last.events) > 1):
            found[-1] = Mark(last.begin, max(last.end, mark.end), (*last.events, one))
        else:
            found.append(mark)
    ringed = (replace(one, ring=not guilty.isdisjoint(one.events)) for one in (*spans, *found))
    return tuple(sorted(ringed, key=lambda one: (one.begin, one.end)))


def draw_marks(drawing: Drawing, y: float, found: Sequence[Mark], edges: Room) -> None:
    """Draw marks around a height, and their words where they meet nothing else."""
    for one in found:
        _draw(drawing, y, one)
    beside = [(one.middle - one.half - 3, one.middle + one.half + 3) for one in found]
    above: list[Room] = []
    for one in found:
        words = shortened(one.words, 34)
        for place in _places(one, broad(words, _SIZE), edges) if words else ():
            taken = above if place.above else beside
            begin, end = place.room
            if edges[0] <= begin and end <= edges[1] and not any(begin < b and a < end for a, b in taken):
                base = y - 13 if place.above else y + 4.5
                drawing.bar(begin, base - 11, end - begin, 14, "rp-c-behind")  # lines stop at words
                drawing.text(place.x, base, words, "", place.anchor)
                taken.append(place.room)
                break


def _places(one: Mark, width: float, edges: Room) -> tuple[Place, ...]:
    """Where a label may stand, best first: to the right, to the left, above."""
    right, left = one.middle + one.half + _GAP, one.middle - one.half - _GAP
    begin = min(max(one.middle - width / 2, edges[0]), edges[1] - width - 4)
    return (
        Place(right, "start", (right - 2, right + width)),
        Place(left, "end", (left - width, left + 2)),
        Place(begin, "start", (begin, begin + width + 4), above=True),
    )


def _draw(drawing: Drawing, y: float, one: Mark) -> None:
    x = one.middle
    if one.span:
        drawing.bar(one.begin, y - 5, one.end - one.begin, 10, "rp-c-span", one.tip)
    elif len(one.events) > 1:
        drawing.dot(x, y, 9, "rp-c-cluster", one.tip)
        drawing.text(x, y + 4, str(len(one.events)), "rp-c-count", "middle")
    elif one.events[0].day_only:
        drawing.dot(x, y, 4.5, "rp-c-mark--hollow", one.tip)
    else:
        drawing.dot(x, y, 5, "rp-c-mark", one.tip)
    if one.ring and one.span:
        drawing.bar(one.begin - 4, y - 9, one.end - one.begin + 8, 18, "rp-c-ring")
    elif one.ring:
        drawing.dot(x, y, one.half, "rp-c-ring")
