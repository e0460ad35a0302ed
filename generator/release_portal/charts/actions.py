"""Open and overdue actions: a column for each month's end, the overdue ones at its foot."""

from release_portal.charts._columns import HEIGHT, Columns
from release_portal.charts._drawing import HALF, Drawing
from release_portal.charts._figure import Figure, PortalChart
from release_portal.charts._words import counted
from release_portal.metrics.actions import DEFINITION, ActionHistory, Point, measure

_ROOM = 17  # a part lower than that has no room for its number


def draw(values: ActionHistory) -> Figure | None:
    """Draw how many actions were open, and how many of them overdue."""
    if not values.points:
        return None
    last = values.points[-1]
    description = (
        f"On {last.day}, {counted(last.open, 'action')} {'is' if last.open == 1 else 'are'} open, "
        f"{last.overdue or 'none'} of them overdue."
    )
    drawing = Drawing("actions", (HALF, HEIGHT + 26), DEFINITION.title, description)
    columns = Columns([one.day for one in values.points], max(one.open for one in values.points))
    columns.frame(drawing)
    for index, one in enumerate(values.points):
        _column(drawing, columns, index, one)
    drawing.bar(columns.middle(0) - columns.width / 2, HEIGHT + 4, 22, 12, "rp-c-bar--hollow")
    drawing.text(columns.middle(0) - columns.width / 2 + 30, HEIGHT + 15, "open, not overdue")
    drawing.bar(columns.middle(0) + 165, HEIGHT + 4, 22, 12, "rp-c-overdue")
    drawing.text(columns.middle(0) + 195, HEIGHT + 15, "overdue")
    return Figure(
        name="actions",
        title=DEFINITION.title,
        description=description,
        svg=drawing.svg(),
        header=("End of", "Open", "Of them overdue"),
        rows=tuple((one.day.isoformat(), str(one.open), str(one.overdue)) for one in values.points),
        headline=f"{last.open} open, {last.overdue} overdue",
        notes=_notes(values),
    )


def _column(drawing: Drawing, columns: Columns, index: int, one: Point) -> None:
    x, foot = columns.middle(index), columns.scale(0)
    left, tip = x - columns.width / 2, f"{one.day}: {one.open} open, {one.overdue} overdue"
    top, edge = columns.scale(one.open), columns.scale(one.overdue)
    if one.open > one.overdue:
        drawing.bar(left, top, columns.width, edge - top, "rp-c-bar--hollow", tip)
    if one.overdue:
        drawing.bar(left, edge, columns.width, foot - edge, "rp-c-overdue", tip)
    if foot - edge >= _ROOM:
        drawing.text(x, (edge + foot) / 2 + 5, str(one.overdue), "rp-t--strong rp-f-page", "middle")
    drawing.text(x, top - 6, str(one.open), "rp-t--strong" if one.open else "rp-f-muted", "middle")


def _notes(values: ActionHistory) -> tuple[str, ...]:
    notes = []
    if values.dropped:
        notes.append(
            f"Left out: {counted(values.dropped, 'dropped action')}. The record has no day of the dropping."
        )
    if values.undated:
        notes.append(
            f"Left out: {counted(values.undated, 'action')} whose begin or end has no day on record."
        )
    return tuple(notes)


FIGURE = PortalChart(
    __name__,
    60,
    definition=DEFINITION,
    measure=measure,
    draw=draw,
    group="Improvement",
    empty="No action is on record with a retrospective before it.",
)
