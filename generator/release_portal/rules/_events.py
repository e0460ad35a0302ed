"""What records say has happened, and when."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from release_portal.finding import Location
from release_portal.records._kinds import KINDS
from release_portal.records._record import Record
from release_portal.records._walk import values_of

PLANNED = frozenset({"target_date", "from", "until", "due", "expires", "retain_until", "published_at"})


def events(record: Record[Any], since: str = "") -> Iterator[tuple[Location, str, datetime | date]]:
    """Every instant and day that a record claims to be past, also where it has errors elsewhere. Plans are none.

    Days before `since`, in whatever zone, are passed over unread: most of what there is.
    """
    for kind in ("instant", "day"):
        for route, text in values_of(record, kind):
            if text[:10] >= since and route[-1] not in PLANNED and KINDS[kind].good(text):
                when = date.fromisoformat(text) if kind == "day" else datetime.fromisoformat(text)
                yield record.source.locate(*route), text, when
