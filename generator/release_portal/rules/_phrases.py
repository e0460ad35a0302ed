"""How messages of rules tell instants, spans and lists."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def moment(at: datetime) -> str:
    """An instant to the minute, in the zone in which the record states it."""
    return at.isoformat(" ", "minutes")


def span(length: timedelta) -> str:
    """A length of time in hours and minutes."""
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def listed(words: Sequence[str]) -> str:
    """Words as a sentence lists them."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
