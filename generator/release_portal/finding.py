"""The one vocabulary for what is wrong: where, how bad, which rule says so."""

from dataclasses import dataclass
from enum import StrEnum
from functools import total_ordering


class Severity(StrEnum):
    """How much a finding weighs. Only errors close a gate."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Location:
    """A place in a file of the portal.

    `path` is relative to the portal's root and uses forward slashes; `line` and `column` count from 1,
    columns in characters. Places are equal, and in order, by these three, whoever worked them out.
    """

    path: str
    line: int = 1
    column: int = 1

    @property
    def _three(self) -> tuple[str, int, int]:
        return (self.path, self.line, self.column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Location) and self.path == other.path and self._three == other._three

    def __lt__(self, other: "Location") -> bool:
        return self._three < other._three

    def __hash__(self) -> int:
        return hash(self.path)  # a place that is worked out on demand is not, only to be looked up


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person has to look at, said once.

    `rule` names the rule, and so its page; `hint` tells the next step; `release` is the version
    concerned, empty for what belongs to the whole portal.
    """

    rule: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    release: str = ""

    @property
    def order(self) -> tuple[Location, str, str]:
        """Sorts findings as one reads the files: by place, then rule, then words."""
        return (self.location, self.rule, self.message)
