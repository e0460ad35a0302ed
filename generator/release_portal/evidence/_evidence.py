"""The shape of a report format, and what reports say: counted anew from their single results.

A report is somebody else's file. It is read whole or not at all: what cannot be read is `Broken`, never
a report of nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

LIMIT = 20 * 1024 * 1024  # bytes
DEPTH = 64
_HEAD = 8192
Rank = Literal["critical", "high", "medium", "low"]


_BY_SCORE: tuple[tuple[float, Rank], ...] = ((9, "critical"), (7, "high"), (4, "medium"))


def rank_of(score: float) -> Rank:
    """How bad a weakness of a score from 0 to 10 is, as CVSS bands them."""
    return next((rank for least, rank in _BY_SCORE if score >= least), "low")


class Unusable(Exception):  # noqa: N818  # a tool's file, not an error of ours
    """Why a report cannot be used, in words that follow "it"."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Test cases of a run, each counted once."""

    total: int = 0
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.total + other.total,
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
        )


@dataclass(frozen=True, slots=True)
class Totals:
    """Open results of a scan by severity."""

    critical: int = 0
    high: int = 0
    medium: int = 0
    low: int = 0


@dataclass(frozen=True, slots=True)
class OpenResult:
    """One open result: the id of the scanner's rule, or of the weakness, and how bad it is."""

    rule: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class OpenResults:
    """All open results of a scan, in the report's order.

    `set_aside` are those that are not counted because the source or the scanner's user suppressed them, or because
    they wait for a review; `tools` are the names of the scanners that wrote the report.
    """

    results: tuple[OpenResult, ...]
    set_aside: tuple[OpenResult, ...] = ()
    tools: tuple[str, ...] = ()

    @property
    def totals(self) -> Totals:
        """How many there are of each severity."""
        return totals(self.results)


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that should be a report of a format and cannot be used; `reason` follows "it"."""

    format: str
    reason: str


Content = Counts | OpenResults
Report = Content | Broken


@dataclass(frozen=True, slots=True)
class Format:
    """One format of reports.

    `claims` decides by path and first bytes, among files with one of the `endings`. `read` takes the whole
    file and raises `Unusable`.
    """

    name: str
    endings: tuple[str, ...]
    claims: Callable[[str, bytes], bool]
    read: Callable[[bytes], Content]


def totals(results: Iterable[OpenResult]) -> Totals:
    """How many of some results there are of each severity."""
    ranks = [one.rank for one in results]
    return Totals(*(ranks.count(rank) for rank in ("critical", "high", "medium", "low")))


def may_be_report(formats: tuple[Format, ...], path: str) -> bool:
    """Whether a file is worth opening, by its name."""
    return any(path.lower().endswith(one.endings) for one in formats)


def report(formats: tuple[Format, ...], path: str, data: bytes) -> Report | None:
    """What a file says; None where it is a report of no known format.

    `data` may be cut off after `LIMIT` + 1 bytes: more than `LIMIT` is refused anyway.
    """
    for one in formats:
        if path.lower().endswith(one.endings) and one.claims(path, data[:_HEAD]):
            if len(data) > LIMIT:
                return Broken(one.name, f"is larger than {LIMIT // 1024 // 1024} MB")
            try:
                return one.read(data)
            except Unusable as error:
                return Broken(one.name, str(error))
    return None
