"""What measures share: how one is defined, and the middle of several lengths of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

SHOWN = 10  # newest releases or failures in a figure: pages must not grow with the portal
MONTHS = 12  # in a figure: a year


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure is, exactly: how it is computed, from which records, in which unit."""

    title: str
    formula: str
    source: str
    unit: str


def middle(lengths: Iterable[timedelta]) -> timedelta | None:
    """The median; None where there is nothing to take it of."""
    seconds = [one.total_seconds() for one in lengths]
    return timedelta(seconds=median(seconds)) if seconds else None


def share(part: int, whole: int) -> int | None:
    """A share in whole per cent; None of nothing."""
    return round(100 * part / whole) if whole else None
