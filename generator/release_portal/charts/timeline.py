"""Timeline of a release: every dated event on a real time axis, one lane per kind, ordering faults bracketed."""

from collections.abc import Sequence
from datetime import UTC, timedelta

from release_portal.assess import Assessment
from release_portal.charts._drawing import WIDE, Drawing, point
from release_portal.charts._figure import Figure, ReleaseChart
from release_portal.charts._lanes import draw_marks, marks
from release_portal.charts._scale import Scale, instants
from release_portal.charts._words import broad, counted, day_and_month
from release_portal.clock import Clock
from release_portal.finding import Severity
from release_portal.metrics._sources import Lane
from release_portal.metrics.events import Event, events, untold
from release_portal.metrics.faults import Fault, faults
from release_portal.release import Release

_LEFT, _RIGHT, _TOP, _ROW = 158, WIDE - 14, 34, 42
_LOOKS = {Severity.ERROR: "rp-f-missing", Severity.WARNING: "rp-f-due", Severity.NOTICE: "rp-f-muted"}
_GATES = ("Go", "Production")  # what comes before and after these is what an auditor looks for


def build(assessment: Assessment, release: Release) -> Figure | None:
    """Draw the events of a release, with what the rules say of their order."""
    found = events(assessment.portal, release)
    wrong = faults(assessment.of(release.version), found)
    return draw(release.version, found, wrong, assessment.portal.clock, untold(release))


def draw(
    version: str,
    found: Sequence[Event],
    wrong: Sequence[Fault],
    clock: Clock,
    missing: Sequence[str] = (),
) -> Figure | None:
    """Draw the timeline; None without any event. `missing` are paths of records that tell nothing yet."""
    if not found:
        return None
    bracketed = [one for one in wrong if one.begin and one.end]
    lanes = [lane for lane in Lane if any(one.lane is lane for one in found)]
    foot = _TOP + _ROW * (len(lanes) + len(bracketed)) + 6
    description = _says(version, found, wrong)
    drawing = Drawing("timeline", (WIDE, foot + 6), f"Timeline of {version}", description)
    scale = _axis(drawing, found, clock, foot)
    guilty = frozenset(event for fault in wrong for event in fault.events)
    for index, lane in enumerate(lanes):
        y = _TOP + _ROW * index + _ROW / 2 + 4
        drawing.text(0, y + 4.5, lane, "rp-f-muted")
        mine = marks([one for one in found if one.lane is lane], scale, guilty)
        draw_marks(drawing, y, mine, (_LEFT - 4, WIDE))
    for index, fault in enumerate(bracketed, len(lanes)):
        _bracket(drawing, scale, _TOP + _ROW * index + _ROW / 2, fault)
    return Figure(
        name="timeline",
        title=f"Timeline of {version}",
        description=description,
        svg=drawing.svg(),
        header=("Time (UTC)", "Lane", "Event", "Out of order", "Record"),
        rows=tuple(_row(one, wrong) for one in found),
        notes=_notes(wrong, missing),
    )


def _says(version: str, found: Sequence[Event], wrong: Sequence[Fault]) -> str:
    begin, end = min(one.at for one in found), max(one.end for one in found)
    span = f"{begin.astimezone(UTC):%Y-%m-%d} to {end.astimezone(UTC):%Y-%m-%d}"
    faulty = sum(len(one.messages) for one in wrong)
    order = f"{counted(faulty, 'finding')} about their order." if faulty else "No rule faults their order."
    return f"{counted(len(found), 'dated event')} of {version}, {span}. {order}"


def _notes(wrong: Sequence[Fault], missing: Sequence[str]) -> tuple[str, ...]:
    """What has no place on the axis: findings that speak of no single event, records that tell nothing yet."""
    loose = tuple(_loose(one) for one in wrong if one.loose)
    told = f"Not drawn, as the record is not complete: {', '.join(missing)}."
    return (*loose, told) if missing else loose


def _loose(fault: Fault) -> str:
    """The places that a rule faults and where no event is drawn."""
    places = dict.fromkeys(_below(one.location.path) for one in fault.loose)
    return f"{counted(len(fault.loose), 'finding')} of {fault.rule} without an event: {', '.join(places)}."


def _below(path: str) -> str:
    """A path below the folder of its release."""
    return path.split("/", 2)[-1]


def _axis(drawing: Drawing, found: Sequence[Event], clock: Clock, foot: float) -> Scale:
    """Draw days, lanes' lines, the gates, and the instant as of which the page is made; give the scale."""
    begin, end = min(one.at for one in found), max(one.end for one in found)
    margin = max((end - begin) * 0.015, timedelta(hours=1))
    begin, end = begin - margin, end + margin
    scale = Scale(begin.timestamp(), end.timestamp(), _LEFT, _RIGHT)
    for tick in instants(begin, end):
        x = scale(tick.timestamp())
        drawing.line((x, 22), (x, foot), "rp-c-grid")
        words = f"{tick:%H:%M}" if tick.hour else day_and_month(tick)
        drawing.text(x, 14, words, "rp-t--small rp-f-muted", "middle")
    for y in range(_TOP, int(foot), _ROW):
        drawing.line((0, y), (WIDE, y), "rp-c-grid")
    for gate in _GATES:
        at = min((one.at for one in found if one.name == gate), default=None)
        if at:
            drawing.line((scale(at.timestamp()), _TOP), (scale(at.timestamp()), foot), "rp-c-gate")
    if clock.passed(begin) and not clock.reached(end):
        as_of = clock.now
        x = scale(as_of.timestamp())
        drawing.line((x, 22), (x, foot), "rp-c-now")
        words, fits = f"as of {as_of.astimezone(UTC):%H:%M}", x + 70 < WIDE
        drawing.text(x + 4 if fits else x - 4, 31, words, "rp-t--small rp-f-due", "start" if fits else "end")
    return scale


def _bracket(drawing: Drawing, scale: Scale, y: float, fault: Fault) -> None:
    """A red bracket over the span that is the wrong way round, with the rule's name beside it."""
    if fault.begin is None or fault.end is None:
        return
    begin = scale(fault.begin.timestamp())
    end = max(scale(fault.end.timestamp()), begin + 6)
    look, weight = _LOOKS[fault.severity], fault.severity
    drawing.text(0, y + 4.5, f"Out of order: {weight}", look)
    way = (point(begin, y - 7), point(begin, y + 5), point(end, y + 5), point(end, y - 7))
    drawing.path("M" + "L".join(way), f"rp-c-bracket rp-c-bracket--{weight}", "\n".join(fault.messages))
    times = len(fault.messages)
    words = f"{fault.rule} ({times})" if times > 1 else fault.rule
    width = broad(words, 13, mono=True)
    fits = end + 8 + width < WIDE
    x, anchor = (end + 8, "start") if fits else (begin - 8, "end")
    drawing.bar(x - 2 if fits else x - width - 2, y - 6, width + 4, 14, "rp-c-behind")
    drawing.text(x, y + 5, words, f"rp-t--mono {look}", anchor)


def _row(event: Event, wrong: Sequence[Fault]) -> tuple[str, ...]:
    rules = ", ".join(one.rule for one in wrong if event in one.events)
    return (event.when, event.lane, event.detail, rules, _below(str(event.location)))


FIGURE = ReleaseChart(__name__, 10, build=build)
