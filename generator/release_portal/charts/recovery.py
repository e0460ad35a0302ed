"""Failed deployment recovery time: a bar for each failure."""

from datetime import UTC

from release_portal.charts._bars import axis, lying
from release_portal.charts._drawing import HALF, Drawing
from release_portal.charts._figure import Figure, PortalChart
from release_portal.charts._words import NOT_KNOWN, counted, in_hours, length, shortened
from release_portal.metrics._failures import Failure
from release_portal.metrics.recovery import DEFINITION, Recoveries, measure

_ROW, _TOP = 46, 4


def draw(values: Recoveries) -> Figure | None:
    """Draw how long each failure lasted."""
    if not values.failures:
        return None
    description = _says(values)
    height = _TOP + _ROW * len(values.failures) + 32
    drawing = Drawing("recovery", (HALF, height), DEFINITION.title, description)
    most = max((in_hours(one.length) for one in values.failures if one.length), default=1)
    scale = axis(drawing, most, 5, (_TOP, height - 28), "hours")
    for index, one in enumerate(values.failures):
        y = _TOP + _ROW * index
        drawing.text(5, y + 17, shortened(f"{one.version}: {one.what}", 54))
        hours = None if one.length is None else in_hours(one.length)
        lying(drawing, scale, y + 32, hours, length(one.length))
    return Figure(
        name="recovery",
        title=DEFINITION.title,
        description=description,
        svg=drawing.svg(),
        header=("Failure", "Release", "Began (UTC)", "Recovered (UTC)", "Recovery time"),
        rows=tuple(_row(one) for one in values.failures),
        headline=length(values.median),
    )


def _says(values: Recoveries) -> str:
    known = [one for one in values.failures if one.length is not None]
    if not known:
        return f"{counted(len(values.failures), 'failure')} on record, none with a known recovery time."
    unknown = len(values.failures) - len(known)
    rest = f" Of {unknown} more it is not known." if unknown else ""
    many = (
        "The one failure on record was mended after"
        if len(known) == 1
        else "Half of the failures were mended within"
    )
    return f"{many} {length(values.median)}.{rest}"


def _row(one: Failure) -> tuple[str, ...]:
    begin, end = (
        f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" if at else NOT_KNOWN for at in (one.began, one.recovered)
    )
    return (one.what, one.version, begin, end, length(one.length))


FIGURE = PortalChart(
    __name__,
    40,
    definition=DEFINITION,
    measure=measure,
    draw=draw,
    group="Delivery",
    empty="No failed rollout is on record.",
)
