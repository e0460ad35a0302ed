"""The instant that a package is made as of, so that the same commit gives the same bytes on any day."""

import os
from datetime import UTC, datetime
from pathlib import Path

from release_portal.git import Repository, Unverifiable


def instant_of(root: Path) -> datetime:
    """SOURCE_DATE_EPOCH, or when HEAD was committed; now, where there is no git."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        seconds = int(epoch) if epoch.isdigit() else Repository.around(root).committed()
    except Unverifiable:
        return datetime.now(UTC).replace(microsecond=0)
    return datetime.fromtimestamp(seconds, UTC)
