"""Prometheus: each series of a range query becomes a KPI of the health report.

Measured is the mean over the monitoring window. It is left to be filled in where the series does not cover the window
that the record states: a value that nobody measured is never made up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import PurePath
from statistics import fmean
from typing import Any

from release_portal.evidence._evidence import Unusable
from release_portal.failure import Misconfigured
from release_portal.imports._document import Group, finite, groups, instant, json_group, text, written
from release_portal.imports._importer import Copy, Entry, Facts, Importer, Input, Request, of_each

_SAMPLES = 24
_GAP = 3  # steps that may pass between two values, and at both ends of the window
_Point = tuple[datetime, float]


@dataclass(frozen=True, slots=True)
class Window:
    """The monitoring window that the record states; open at an end that it does not state."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether an instant is in it."""
        return (self.start is None or at >= self.start) and (self.end is None or at <= self.end)


def read(request: Request) -> tuple[Facts, ...]:
    """The KPIs of all files. Names, thresholds and directions are for people to say, or for `--set`."""
    window = _window(request)
    entries = tuple(
        entry
        for found in of_each(request.files, lambda file: _kpis(file, window, request))
        for entry in found
    )
    if len(entries) > 1 and "name" in request.settled:
        raise Misconfigured(
            f"there are {len(entries)} series, which cannot all be named so",
            "query one series, or leave out --set name=",
        )
    copies = tuple({copy.name: copy for one in entries for copy in one.evidence}.values())
    kpis = tuple(Entry(identity=one.identity, facts=one.facts, offers=one.offers) for one in entries)
    return (Facts(record="health", listing="kpis", entries=kpis, evidence=copies),)


def _kpis(file: Input, window: Window, request: Request) -> tuple[Entry, ...]:
    answer = json_group(file.data)
    data = answer.get("data")
    if answer.get("status") != "success":
        raise Unusable(f"is no answer of a query that succeeded: {text(answer, 'error') or 'no status'}")
    if text(data, "resultType") != "matrix":
        raise Unusable("is no range query: its result type is no matrix")
    series = groups(data, "result")
    if not series:
        raise Unusable("holds no series: the query matched nothing")
    points = [_points(one) for one in series]
    copy = Copy(
        source=file,
        describes=f"Prometheus range query with {len(series)} series, {sum(map(len, points))} values",
        name=f"{PurePath(file.name).stem}.json",
        made_at=max(one[-1][0] for one in points),
    )
    return tuple(
        _kpi(_name(one), values, window, copy, request) for one, values in zip(series, points, strict=True)
    )


def _kpi(name: str, points: Sequence[_Point], window: Window, copy: Copy, request: Request) -> Entry:
    inside = [one for one in points if window.holds(one[0])]
    if not inside:
        raise Unusable(f"has no value of {name} in the monitoring window")
    facts: dict[str, Any] = {
        "samples": [{"at": written(at), "value": _number(value)} for at, value in _some(inside)]
    }
    missing = _uncovered(inside, window)
    if missing:
        request.notices.append(f"{name}: measured is left to be filled in, since {missing}")
    else:
        facts["measured"] = _number(fmean(value for _, value in inside))
    return Entry(identity={"name": name}, facts=facts, evidence=(copy,))


def _points(series: Group) -> list[_Point]:
    values = series.get("values")
    if not isinstance(values, list) or not values:
        raise Unusable("has a series without values")
    return [_point(one) for one in values]


def _point(value: Any) -> _Point:
    if not isinstance(value, list) or len(value) != 2:
        raise Unusable("has a value that is no pair of time and number")
    try:
        at = datetime.fromtimestamp(finite(value[0], "a time"), UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise Unusable(f"has a value at {value[0]}, which is no time") from error
    return at, finite(value[1], "a value")


def _uncovered(points: Sequence[_Point], window: Window) -> str:
    """Why a series does not cover the window, in words; empty where it does."""
    if window.start is None or window.end is None:
        return "the record states no monitoring window yet"
    times = [at for at, _ in points]
    steps = sorted(after - before for before, after in pairwise(times))
    if not steps:
        return "there is one value only"
    most = _GAP * steps[len(steps) // 2]
    edges = [window.start, *times, window.end]
    for before, after in pairwise(edges):
        if after - before > most:
            return f"there is no value between {written(before)} and {written(after)}"
    return ""


def _window(request: Request) -> Window:
    """The window as it stands in the record, also where the rest is not filled in yet."""
    stated = [record.source.value("window") for record in request.release.named("health")]
    said = stated[0] if stated else None
    try:
        return Window(instant(text(said, "from"), "from"), instant(text(said, "until"), "until"))
    except Unusable:
        return Window()


def _name(series: Group) -> str:
    """The series by its metric and labels, as Prometheus writes them."""
    metric = series.get("metric")
    labels = metric if isinstance(metric, dict) else {}
    inner = ", ".join(f"{key}={text(labels, key)}" for key in sorted(labels) if key != "__name__")
    return text([f"{text(labels, '__name__')}{f'{{{inner}}}' if inner else ''}"], 0) or "query"


def _some(points: Sequence[_Point]) -> Sequence[_Point]:
    """At most so many values, evenly spread, the first and the last among them."""
    if len(points) <= _SAMPLES:
        return points
    last = len(points) - 1
    return [points[round(at * last / (_SAMPLES - 1))] for at in range(_SAMPLES)]


def _number(value: float) -> str:
    """A decimal number with at most six digits behind the point."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"


IMPORTER = Importer(
    name="prometheus",
    help="KPIs of the health report, from range queries.",
    records=("health",),
    read=read,
)
