"""The instant as of which everything is judged, which notes how long its answers stay the same."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo


@dataclass(slots=True)
class Clock:
    """Answers what judgements ask of the time.

    `same_until` is the first instant at which any answer given so far would be another one; None while none would
    ever be. What is judged with these answers alone need not be judged again before then, if nothing else changed.
    """

    _now: datetime
    same_until: datetime | None = field(default=None, compare=False)

    @property
    def now(self) -> datetime:
        """The instant itself. What is made of it may be another the next moment."""
        self._changes(self._now)
        return self._now

    @property
    def instant(self) -> datetime:
        """The instant, for whoever keeps it with what was made, and makes nothing of it."""
        return self._now

    def reached(self, at: datetime) -> bool:
        """Whether an instant is now or past."""
        if at > self._now:
            self._changes(at)
        return at <= self._now

    def passed(self, at: datetime) -> bool:
        """Whether an instant is past."""
        if at >= self._now:
            self._changes(at)
        return at < self._now

    def today(self, zone: tzinfo | None = None) -> date:
        """The day, in a zone; in the instant's own if none is given."""
        here = self._now.astimezone(zone) if zone else self._now
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        self._changes(midnight + timedelta(days=1))
        return here.date()

    def _changes(self, at: datetime) -> None:
        if self.same_until is None or at < self.same_until:
            self.same_until = at
