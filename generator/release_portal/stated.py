"""What decides how a release is read, told by its release.yaml before anything else of it is read."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from release_portal.records._kinds import KINDS
from release_portal.release import CLOSED, RELEASES
from release_portal.source import Unreadable
from release_portal.source import read as read_source


@dataclass(frozen=True, slots=True)
class Stated:
    """What decides how a release is read: the version of the process that it names, and the day it was closed."""

    process: str = ""
    closed_on: date | None = None


def stated(root: Path, version: str) -> Stated:
    """What a release's release.yaml says of that, as far as it can be read."""
    try:
        source = read_source(root, f"{RELEASES}/{version}/release.yaml")
    except Unreadable:
        return Stated()
    process, closed = source.value("process"), source.value("closed_at")
    day = closed[:10] if isinstance(closed, str) and source.value("phase") == CLOSED else ""
    known = KINDS["day"].good(day)
    return Stated(process if isinstance(process, str) else "", date.fromisoformat(day) if known else None)
