"""How figures tell lengths of time, and how wide their words are."""

from datetime import date, datetime, timedelta

NOT_KNOWN = "Not known"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def length(span: timedelta | None) -> str:
    """A length of time as people say it: minutes, hours and minutes, or days to a tenth."""
    if span is None:
        return NOT_KNOWN
    minutes = round(span.total_seconds() / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{in_days(span):.1f} days"


def in_days(span: timedelta) -> float:
    """A length of time in days."""
    return span / timedelta(days=1)


def in_hours(span: timedelta) -> float:
    """A length of time in hours."""
    return span / timedelta(hours=1)


def month(day: date) -> str:
    """A month's short name, the same in every locale."""
    return _MONTHS[day.month - 1]


def day_and_month(day: date | datetime) -> str:
    """A day of the year as an axis names it: `7 Jul`."""
    return f"{day.day} {month(day)}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 release`, `2 releases`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def broad(words: str, size: float, *, mono: bool = False) -> float:
    """About how wide a line of text is, in the unit of its size."""
    return len(words) * size * (0.6 if mono else 0.54)


def shortened(words: str, most: int) -> str:
    """Words cut to so many characters, with a mark where some are left out; the table has all of them."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
