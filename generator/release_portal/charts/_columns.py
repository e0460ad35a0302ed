"""Columns by month on one base line: the frame that two figures share."""

from collections.abc import Sequence
from datetime import date

from release_portal.charts._drawing import HALF, Drawing
from release_portal.charts._scale import Scale, plain, ticks
from release_portal.charts._words import month

HEIGHT, TOP, FOOT, LEFT = 220, 26, 172, 34
_LEAST = 4  # a single one does not fill the figure
_YEAR = 48  # a year with room beside it


class Columns:
    """Places of columns, one for each day that stands for a month, and the scale of their heights."""

    def __init__(self, days: Sequence[date], most: int) -> None:
        marks = ticks(max(most, _LEAST), whole=True)
        self.days, self.marks = days, marks
        self.scale = Scale(0, marks[-1], FOOT, TOP)
        self.slot = (HALF - LEFT - 4) / max(len(days), 6)
        self.width = min(self.slot * 0.62, 30)

    def middle(self, index: int) -> float:
        """Where the middle of a column is."""
        return LEFT + self.slot * (index + 0.5)

    def _covered(self) -> bool:
        """Whether the first column's year would stand in that of the second, which begins the next one."""
        return len(self.days) > 1 and self.days[1].month == 1 and self.slot < _YEAR

    def frame(self, drawing: Drawing) -> None:
        """Draw the grid, the values at its left, and months with their years below."""
        for mark in self.marks:
            y = self.scale(mark)
            drawing.line((LEFT, y), (HALF - 4, y), "rp-c-axis" if mark == 0 else "rp-c-grid")
            drawing.text(LEFT - 8, y + 5, plain(mark), "rp-f-muted", "end")
        for index, day in enumerate(self.days):
            drawing.text(self.middle(index), FOOT + 20, month(day), "rp-f-ink", "middle")
            if day.month == 1 or (index == 0 and not self._covered()):
                drawing.text(self.middle(index), FOOT + 39, str(day.year), "rp-f-muted", "middle")
