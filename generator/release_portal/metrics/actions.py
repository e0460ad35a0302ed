"""Open and overdue actions at each month's end."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta

from release_portal.metrics._measure import MONTHS, Definition
from release_portal.metrics.frequency import months_between
from release_portal.portal import Portal
from release_portal.records.actions import Action, Actions
from release_portal.records.retrospective import Retrospective
from release_portal.release import Release

DEFINITION = Definition(
    title="Open and overdue actions",
    formula="An action is open from the day of its release's retrospective, which sets the action log up, until "
    "the day on which it was done. It is overdue while it is open after its due day, as that stands now. Counted "
    "at the end of each month, and at last on the day as of which the page is made.",
    source="actions.yaml: due, state, done_on; retrospective.md: held_at.",
    unit="Actions; days in UTC, at most the last 12 months.",
)


@dataclass(frozen=True, slots=True)
class Point:
    """How many actions were open at the end of a day, and how many of them overdue."""

    day: date
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class ActionHistory:
    """Points in time. `dropped` and `undated` count actions left out, as their begin or end is not on record."""

    points: tuple[Point, ...]
    dropped: int
    undated: int


@dataclass(frozen=True, slots=True)
class _Span:
    """An action from the day on which it was opened to the day on which it was done."""

    opened: date
    action: Action

    def open_at(self, day: date) -> bool:
        done = self.action.done_on
        return self.opened <= day and (self.action.state == "open" or done is None or done > day)

    def overdue_at(self, day: date) -> bool:
        return self.open_at(day) and self.action.due < day


def measure(portal: Portal) -> ActionHistory:
    """Count what was open when."""
    spans, dropped, undated = [], 0, 0
    for release, record in portal.all(Actions):
        opened = _opened(release)
        for one in record.value.actions if record.value else ():
            if one.state == "dropped":
                dropped += 1
            elif opened is None or (one.state == "done" and one.done_on is None):
                undated += 1
            else:
                spans.append(_Span(opened, one))
    today = portal.as_of.astimezone(UTC).date()
    days = _days(min(one.opened for one in spans), today) if spans else ()
    return ActionHistory(tuple(_point(spans, day) for day in days), dropped, undated)


def _opened(release: Release) -> date | None:
    held = [one.value.held_at.astimezone(UTC).date() for one in release.all(Retrospective) if one.value]
    return min(held, default=None)


def _days(first: date, today: date) -> tuple[date, ...]:
    """Last days of the months from that of the first day on, and today instead of this month's."""
    ends = [following - timedelta(days=1) for following in months_between(first, today)[1:]]
    return (*ends, today)[-MONTHS:] if first <= today else ()


def _point(spans: list[_Span], day: date) -> Point:
    return Point(day, sum(one.open_at(day) for one in spans), sum(one.overdue_at(day) for one in spans))
