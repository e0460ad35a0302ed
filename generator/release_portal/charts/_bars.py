"""Bars that lie: rows from the left, on a scale of days or hours that starts at zero."""

from release_portal.charts._drawing import HALF, Drawing
from release_portal.charts._scale import Scale, plain, ticks
from release_portal.charts._words import NOT_KNOWN, broad

RIGHT = HALF - 92  # room for the words at a bar's end


def axis(
    drawing: Drawing, most: float, left: float, span: tuple[float, float], unit: str, right: float = RIGHT
) -> Scale:
    """Draw a grid from top to foot with its values below, and give the scale."""
    top, foot = span
    marks = ticks(most)
    scale = Scale(0, marks[-1], left, right)
    for mark in marks:
        look = "rp-c-axis" if mark == 0 else "rp-c-grid"
        drawing.line((scale(mark), top), (scale(mark), foot), look)
        drawing.text(scale(mark), foot + 19, plain(mark), "rp-f-muted", "middle")
    drawing.text(scale(marks[-1]) + broad(plain(marks[-1]), 14) / 2 + 6, foot + 19, unit, "rp-f-muted")
    return scale


def lying(
    drawing: Drawing, scale: Scale, y: float, value: float | None, words: str, look: str = "rp-c-bar"
) -> None:
    """Draw one bar of 12 units around a height, with its words at the end; what is not known has no bar."""
    if value is None:
        drawing.text(scale(0) + 6, y + 5, NOT_KNOWN, "rp-f-muted")
        return
    drawing.bar(scale(0), y - 6, scale(value) - scale(0), 12, look, words)
    drawing.text(scale(value) + 7, y + 5, words)
