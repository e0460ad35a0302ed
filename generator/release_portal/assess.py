"""A portal and everything that is wrong in it: what every command and every page starts from."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from release_portal import rules
from release_portal.finding import Finding, Severity
from release_portal.load import load
from release_portal.portal import Portal
from release_portal.registry import collect
from release_portal.rules import unusable_roster
from release_portal.rules._rule import Rule
from release_portal.settings import Settings
from release_portal.shelf import Shelf


@dataclass(frozen=True)
class Assessment:
    """A portal with its findings, sorted by place."""

    portal: Portal
    findings: tuple[Finding, ...]

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many findings of each severity there are."""
        return Counter(finding.severity for finding in self.findings)

    @property
    def passed(self) -> bool:
        """Whether no finding is an error."""
        return not self.counts[Severity.ERROR]

    @property
    def by_files_alone(self) -> bool:
        """Whether neither git nor a key had a say in it, but for the versions of the process."""
        portal = self.portal
        signed = (one for release in portal.releases for one in release.signoffs)
        return (
            portal.git.history is None
            and not portal.seals
            and not portal.git.products
            and not any(one.value and one.value.signature for one in signed)
        )

    def of(self, version: str) -> tuple[Finding, ...]:
        """Findings of one release."""
        return self._of_release.get(version, ())

    @cached_property
    def _of_release(self) -> Mapping[str, tuple[Finding, ...]]:
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.release].append(finding)
        return {version: tuple(some) for version, some in found.items()}


def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    return collect(rules, "RULE", Rule)


def assess(
    root: Path,
    settings: Settings,
    as_of: datetime | None = None,
    base: str = "",
    *,
    committed: bool = False,
    shelf: Shelf | None = None,
) -> Assessment:
    """Read the portal in a folder and judge it; everything is as `load` takes it."""
    return judge(load(root, settings, as_of, base, committed=committed, shelf=shelf), all_rules())


def judge(portal: Portal, with_rules: tuple[Rule, ...]) -> Assessment:
    """Judge a portal by some rules."""
    found = {finding for rule in with_rules for finding in rule.findings(portal)}
    if not portal.roster.people:
        found = _without_those_on_people(found, {rule.name for rule in with_rules if rule.needs_roster})
    return Assessment(portal, tuple(sorted(found, key=lambda finding: finding.order)))


def _without_those_on_people(found: set[Finding], rules_on_people: set[str]) -> set[Finding]:
    """What can be said without a roster; how much cannot is added to the finding that it cannot be used."""
    told = {finding for finding in found if finding.rule not in rules_on_people}
    words = f"; {len(found) - len(told)} findings that depend on it are not told"
    return {
        replace(one, message=one.message + words) if one.rule == unusable_roster.RULE.name else one
        for one in told
    }
