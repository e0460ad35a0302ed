"""Lead time of each phase: a bar for the middle, a mark for each release."""

from datetime import timedelta

from release_portal.charts._bars import axis
from release_portal.charts._drawing import HALF, Drawing
from release_portal.charts._figure import Figure, PortalChart
from release_portal.charts._scale import Scale
from release_portal.charts._words import NOT_KNOWN, in_days, length, shortened
from release_portal.metrics.phases import DEFINITION, PhaseTimes, measure

_TOP, _ROW, _RIGHT = 32, 46, HALF - 92


def draw(values: tuple[PhaseTimes, ...]) -> Figure | None:
    """Draw what each phase took."""
    if not any(one.times for one in values):
        return None
    description = _says(values)
    height = _TOP + _ROW * len(values) + 30
    drawing = Drawing("phases", (HALF, height), DEFINITION.title, description)
    _legend(drawing)
    most = max(in_days(time.length) for one in values for time in one.times)
    scale = axis(drawing, most, 5, (_TOP, height - 26), "days", _RIGHT)
    for index, one in enumerate(values):
        _phase(drawing, scale, _TOP + _ROW * index, one)
    return Figure(
        name="phases",
        title=DEFINITION.title,
        description=description,
        svg=drawing.svg(),
        header=("Phase", "Median of standard releases", "Releases"),
        rows=tuple(_row(one) for one in values),
    )


def _says(values: tuple[PhaseTimes, ...]) -> str:
    known = [one for one in values if one.median is not None]
    longest = max(known, key=lambda one: one.median or timedelta(), default=None)
    if longest is None:
        return "No standard release shows how long its phases took."
    return f"{longest.title} takes longest: {length(longest.median)} in the middle standard release."


def _legend(drawing: Drawing) -> None:
    drawing.bar(1, 6, 22, 12, "rp-c-bar--soft")
    drawing.text(30, 17, "median")
    drawing.dot(112, 12, 5, "rp-c-mark")
    drawing.text(123, 17, "standard release")
    drawing.diamond(262, 12, 6, "rp-c-mark--hollow")
    drawing.text(274, 17, "hotfix")
    drawing.text(HALF, 17, "median", "rp-t--small rp-f-muted", "end")


def _phase(drawing: Drawing, scale: Scale, y: float, one: PhaseTimes) -> None:
    drawing.text(5, y + 17, shortened(f"{one.number}  {one.title}", 58))
    if not one.times:
        drawing.text(11, y + 37, NOT_KNOWN, "rp-f-muted")
        return
    if one.median is not None:
        drawing.bar(scale(0), y + 26, scale(in_days(one.median)) - scale(0), 12, "rp-c-bar--soft")
    for time in one.times:
        x, tip = scale(in_days(time.length)), f"{time.version}: {length(time.length)}"
        if time.hotfix:
            drawing.diamond(x, y + 32, 6, "rp-c-mark--hollow", tip)
        else:
            drawing.dot(x, y + 32, 4.5, "rp-c-mark", tip)
    if one.median is not None:
        drawing.text(HALF, y + 37, length(one.median), "rp-t--small", "end")


def _row(one: PhaseTimes) -> tuple[str, ...]:
    each = "; ".join(
        f"{time.version} {length(time.length)}{' (hotfix)' if time.hotfix else ''}" for time in one.times
    )
    return (f"{one.number} {one.title}", length(one.median), each or NOT_KNOWN)


FIGURE = PortalChart(
    __name__,
    50,
    definition=DEFINITION,
    measure=measure,
    draw=draw,
    group="Process",
    empty="Nothing has gone to production yet.",
)
