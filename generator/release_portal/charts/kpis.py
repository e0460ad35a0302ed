"""KPIs of the monitoring window: a panel for each, its samples as a line, its target dashed."""

from datetime import UTC
from decimal import Decimal

from release_portal.charts._drawing import HALF, Drawing, point
from release_portal.charts._figure import Figure, PortalChart
from release_portal.charts._scale import Scale
from release_portal.charts._words import counted, day_and_month, shortened
from release_portal.metrics.kpis import DEFINITION, Watched, measure, met
from release_portal.records.health import Kpi, Span

_PANEL, _LEFT, _RIGHT = 128, 4, HALF - 84


def draw(values: Watched | None) -> Figure | None:
    """Draw the KPIs of one window."""
    if values is None:
        return None
    kept = sum(met(one) for one in values.kpis)
    description = (
        f"Over the monitoring window of {values.version}, {kept} of {counted(len(values.kpis), 'KPI')} "
        "met the target."
    )
    height = _PANEL * sum(bool(one.samples) for one in values.kpis)
    height += 52 * sum(not one.samples for one in values.kpis) + 24
    drawing = Drawing("kpis", (HALF, height), DEFINITION.title, description)
    y = 0.0
    for kpi in values.kpis:
        y += _panel(drawing, y, kpi, values.window)
    for at, anchor in ((values.window.from_, "start"), (values.window.until, "end")):
        x = _LEFT if anchor == "start" else _RIGHT
        day = at.astimezone(UTC)
        drawing.text(x, height - 6, f"{day_and_month(day)} {day:%H:%M} UTC", "rp-t--small rp-f-muted", anchor)
    return Figure(
        name="kpis",
        title=DEFINITION.title,
        description=description,
        svg=drawing.svg(),
        header=("KPI", "Time (UTC)", "Value", "Target", "Unit"),
        rows=tuple(row for kpi in values.kpis for row in _rows(kpi)),
        headline=f"{kept} of {len(values.kpis)} met",
        notes=tuple(f"{one}: the health report is not complete yet." for one in values.waiting),
    )


def _panel(drawing: Drawing, y: float, kpi: Kpi, window: Span) -> float:
    """Draw one KPI from a height on; gives how high its panel is."""
    drawing.text(0, y + 18, shortened(kpi.name, 38), "rp-t--strong")
    result = f"{kpi.measured} {kpi.unit}, {'met' if met(kpi) else 'missed'}"
    if not kpi.samples:
        drawing.text(0, y + 38, f"{result}; target {_target(kpi)}. No samples.", "rp-f-muted")
        return 52
    drawing.text(HALF, y + 18, result, "" if met(kpi) else "rp-t--strong rp-f-missing", "end")
    values = [*(float(one.value) for one in kpi.samples), float(kpi.threshold)]
    scale = Scale(min(values), max(values), y + 104, y + 38)
    across = Scale(window.from_.timestamp(), window.until.timestamp(), _LEFT, _RIGHT)
    drawing.line((_LEFT, y + 112), (_RIGHT, y + 112), "rp-c-grid")
    aim = scale(float(kpi.threshold))
    drawing.line((_LEFT, aim), (_RIGHT, aim), "rp-c-target")
    drawing.text(_RIGHT + 8, aim + 5, _target(kpi), "rp-t--small rp-f-due")
    ordered = sorted(kpi.samples, key=lambda one: one.at)
    places = [(across(one.at.timestamp()), scale(float(one.value))) for one in ordered]
    drawing.path("M" + "L".join(point(*place) for place in places), "rp-c-line")
    for place, one in zip(places, ordered, strict=True):
        look = "rp-c-mark" if _keeps(kpi, one.value) else "rp-c-mark--missed"
        drawing.dot(*place, 3, look, f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC: {one.value} {kpi.unit}")
    return _PANEL


def _keeps(kpi: Kpi, value: Decimal) -> bool:
    return value >= kpi.threshold if kpi.direction == "at-least" else value <= kpi.threshold


def _target(kpi: Kpi) -> str:
    return f"{'≥' if kpi.direction == 'at-least' else '≤'} {kpi.threshold} {kpi.unit}"


def _rows(kpi: Kpi) -> tuple[tuple[str, ...], ...]:
    whole = (kpi.name, "whole window", str(kpi.measured), _target(kpi).rpartition(" ")[0], kpi.unit)
    ordered = sorted(kpi.samples, key=lambda one: one.at)
    return (
        whole,
        *(
            (kpi.name, f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M}", str(one.value), whole[3], kpi.unit)
            for one in ordered
        ),
    )


FIGURE = PortalChart(
    __name__,
    70,
    definition=DEFINITION,
    measure=measure,
    draw=draw,
    group="Monitoring",
    empty="No complete health report is on record.",
)
