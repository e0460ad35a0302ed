"""What is wrong in the process document, collected while reading goes on."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from release_portal.finding import Finding, Location, Severity


@dataclass(slots=True)
class Faults:
    """The findings so far."""

    found: list[Finding] = field(default_factory=list)

    def add(self, place: Location, message: str, hint: str) -> None:
        """Tell one fault."""
        self.found.append(Finding("malformed-process", Severity.ERROR, place, message, hint))

    def in_order(self) -> tuple[Finding, ...]:
        """The findings as one reads the document."""
        return tuple(sorted(self.found, key=lambda finding: finding.order))


def shown(words: str) -> str:
    """Words of the document fit for a message: quoted, on one line, at most 60 characters."""
    line = " ".join(words[:200].split())
    return f"'{line[:57]}…'" if len(line) > 60 else f"'{line}'"


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Hint for a word that is not among the allowed ones: the nearest of them, then all."""
    words = list(allowed)
    near = difflib.get_close_matches(word[:100], words, n=1)
    listed = ", ".join(words)
    return f"did you mean '{near[0]}'? Allowed: {listed}" if near else f"allowed: {listed}"
