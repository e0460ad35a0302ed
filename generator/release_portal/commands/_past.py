"""What a judgement as of the past rests on."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command that answers from memory need not wait for the rules
    from release_portal.assess import Assessment


def unasked(assessment: "Assessment", as_of: datetime | None) -> str:
    """Words for files of today judged as of the past, because history does not count here; empty where it was asked."""
    if as_of is None or as_of >= datetime.now(UTC) or assessment.portal.git.history is not None:
        return ""
    return f"judged as of {as_of:%Y-%m-%d} by the files as they are now: this portal's history was not asked"
