"""What is wrong in the process document, collected while reading goes on."""

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
        """Give the findings as one reads the document."""
        return tuple(sorted(self.found, key=lambda finding: finding.order))
