"""Deployment frequency: a column for each month."""

from release_portal.charts._columns import HEIGHT, Columns
from release_portal.charts._drawing import HALF, Drawing
from release_portal.charts._figure import Figure, PortalChart
from release_portal.charts._words import counted
from release_portal.metrics.frequency import DEFINITION, Frequency, measure


def draw(values: Frequency) -> Figure | None:
    """Draw how many releases went to production in each month."""
    months = values.months
    if not months:
        return None
    mean = values.total / len(months)
    description = (
        f"{counted(values.total, 'release')} went to production in {counted(len(months), 'month')}, "
        f"{mean:.1f} a month on average."
    )
    drawing = Drawing("frequency", (HALF, HEIGHT), DEFINITION.title, description)
    columns = Columns([one.first for one in months], max(len(one.versions) for one in months))
    columns.frame(drawing)
    for index, one in enumerate(months):
        count, x = len(one.versions), columns.middle(index)
        y = columns.scale(count)
        if count:
            left, tall = x - columns.width / 2, columns.scale(0) - y
            drawing.bar(left, y, columns.width, tall, "rp-c-bar", ", ".join(one.versions))
        drawing.text(x, y - 6, str(count), "rp-t--strong" if count else "rp-f-muted", "middle")
    unknown = ", ".join(values.unknown)
    return Figure(
        name="frequency",
        title=DEFINITION.title,
        description=description,
        svg=drawing.svg(),
        header=("Month", "Releases", "Versions"),
        rows=tuple((f"{one.first:%Y-%m}", str(len(one.versions)), ", ".join(one.versions)) for one in months),
        headline=f"{mean:.1f} a month",
        notes=(f"Not known, as the deployment record cannot be read: {unknown}.",) if unknown else (),
    )


FIGURE = PortalChart(
    __name__,
    10,
    definition=DEFINITION,
    measure=measure,
    draw=draw,
    group="Delivery",
    empty="Nothing has gone to production yet.",
)
