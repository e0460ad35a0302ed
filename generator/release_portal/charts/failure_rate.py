"""Change failure rate: one mark for each rollout, by its shape what came of it."""

from release_portal.charts._drawing import HALF, Drawing, point
from release_portal.charts._figure import Figure, PortalChart
from release_portal.charts._words import NOT_KNOWN, counted, shortened
from release_portal.metrics.failure_rate import DEFINITION, FailureRate, Outcome, measure

_ROW, _SIDE = 66, 30
_WORDS = {True: "Failed", False: "Not failed", None: NOT_KNOWN}


def draw(values: FailureRate) -> Figure | None:
    """Draw what came of each rollout."""
    if not values.outcomes:
        return None
    description = _says(values)
    each = 6 if max(len(one.version) for one in values.outcomes) <= 8 else 4
    rows = -(-len(values.outcomes) // each)
    drawing = Drawing("failure-rate", (HALF, 44 + _ROW * rows), DEFINITION.title, description)
    x = 0.0
    for outcome, words in _WORDS.items():
        _mark(drawing, x + 9, 12, 9, outcome)
        drawing.text(x + 26, 17, words.lower())
        x += 52 + 8 * len(words)
    for index, one in enumerate(values.outcomes):
        x, y = (index % each + 0.5) * HALF / each, 44 + _ROW * (index // each) + _SIDE / 2
        _mark(drawing, x, y, _SIDE / 2, one.failed, f"{one.version}: {_tells(one)}")
        drawing.text(
            x, y + _SIDE / 2 + 18, shortened(one.version, 12 if each == 4 else 8), "rp-t--mono", "middle"
        )
    return Figure(
        name="failure-rate",
        title=DEFINITION.title,
        description=description,
        svg=drawing.svg(),
        header=("Release", "Outcome", "What tells it"),
        rows=tuple((one.version, _WORDS[one.failed], "; ".join(one.why)) for one in values.outcomes),
        headline=NOT_KNOWN if values.percent is None else f"{values.percent} %",
    )


def _says(values: FailureRate) -> str:
    unknown = len(values.outcomes) - values.judged
    waiting = f" The outcome of {counted(unknown, 'rollout')} is not known yet." if unknown else ""
    if values.percent is None:
        return f"No rollout can be judged yet.{waiting}"
    return (
        f"{values.failed} of {counted(values.judged, 'judged rollout')} failed, {values.percent} %.{waiting}"
    )


def _tells(one: Outcome) -> str:
    return f"{_WORDS[one.failed]}, {'; '.join(one.why)}"


def _mark(drawing: Drawing, x: float, y: float, half: float, outcome: bool | None, tip: str = "") -> None:  # noqa: FBT001  # three states, one word each
    """A square: full with a cross, empty with a tick, or broken with nothing in it."""
    look = {True: "rp-c-failed", False: "rp-c-held", None: "rp-c-open"}[outcome]
    drawing.bar(x - half + 1, y - half + 1, 2 * half - 2, 2 * half - 2, look, tip)
    arm = half * 0.36
    if outcome is True:
        strokes = ((x - arm, y - arm, x + arm, y + arm), (x - arm, y + arm, x + arm, y - arm))
        way = "".join(f"M{point(a, b)}L{point(c, d)}" for a, b, c, d in strokes)
        drawing.path(way, "rp-c-cross")
    elif outcome is False:
        tick = (point(x - arm * 1.2, y), point(x - arm * 0.3, y + arm), point(x + arm * 1.3, y - arm))
        drawing.path("M" + "L".join(tick), "rp-c-tick")


FIGURE = PortalChart(
    __name__,
    30,
    definition=DEFINITION,
    measure=measure,
    draw=draw,
    group="Delivery",
    empty="Nothing has gone to production yet.",
)
