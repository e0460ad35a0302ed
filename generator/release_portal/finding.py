"""The one vocabulary for what is wrong: where, how bad, which rule says so."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs. Only errors close a gate."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of the portal.

    `path` is relative to the portal's root and uses forward slashes; `line` and `column` count from 1,
    columns in characters.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


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
