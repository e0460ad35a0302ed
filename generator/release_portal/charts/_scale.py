"""Scales: from a value to its place, and the round values that an axis names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil, floor, log10

_STEPS = (1, 2, 5, 10)
_WEEK = 7 * 24
_HOURS = (1, 3, 6, 12, 24, 48, *(_WEEK * 2**power for power in range(9)))


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: `low` lies at `begin`, `high` at `end`."""

    low: float
    high: float
    begin: float
    end: float

    def __call__(self, value: float) -> float:
        """Place of a value."""
        span = self.high - self.low or 1
        return self.begin + (value - self.low) / span * (self.end - self.begin)


def ticks(high: float, most: int = 4, *, whole: bool = False) -> tuple[float, ...]:
    """Round values from 0 to the first one that is not below `high`; at most so many steps."""
    wanted = max(high, 1e-6) / most
    power = 10.0 ** floor(log10(wanted))
    step = next(factor * power for factor in _STEPS if factor * power >= wanted * (1 - 1e-9))
    step = max(step, 1) if whole else step
    return tuple(round(number * step, 6) for number in range(max(ceil(high / step - 1e-9), 1) + 1))


def plain(value: float) -> str:
    """A tick's value without needless zeros."""
    return f"{value:g}"


def instants(begin: datetime, end: datetime, most: int = 12) -> Iterator[datetime]:
    """Round instants within a span, in UTC, at most so many steps: hours, days, or weeks from Mondays on."""
    hours = (end - begin) / timedelta(hours=1)
    step = next((one for one in _HOURS if hours / one <= most), _HOURS[-1])
    first = begin.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    first -= timedelta(days=first.weekday() if step >= _WEEK else 0)
    behind = ceil((begin - first) / timedelta(hours=step))
    ahead = floor((end - first) / timedelta(hours=step))
    return (first + timedelta(hours=step * number) for number in range(behind, ahead + 1))
