"""An audit package may be deleted before the time is over for which the process wants it kept.

## Why it matters
Whoever asks about a release years later needs its evidence. What is deleted too early cannot be made again.

The time begins when the release was closed; until then, with its last deployment to production. How long it is, the
process version says that governs the release: `retention_years` at its head.

## How to fix
Lengthen the lock of the archive, and set `retain_until` to the day that it now has.

## Controls
- PCI DSS 10.5.1: audit logs are kept for the time that they must be.
- PCAOB AS 1105: evidence is there when it is asked for.
"""

from datetime import date

from release_portal.portal import Portal
from release_portal.records.audit_package import AuditPackage
from release_portal.release import Release
from release_portal.rules._owed import owed
from release_portal.rules._rule import Problem, Problems, Rule
from release_portal.rules._runs import last_end


def check(portal: Portal) -> Problems:
    """Compare the last day of retention with the one that the process asks for."""
    for release, record in portal.all(AuditPackage):
        began, severity = _began(release), owed(portal, release, "audit-package")
        if record.value is None or began is None or severity is None:
            continue
        day, what = began
        process = portal.process_of(release)
        least = _later(day, process.retention_years)
        if record.value.retain_until < least:
            message = f"the audit package is kept until {record.value.retain_until}, not until {least}"
            hint = f"process {process.version}: {process.retention_years} years from {what} on {day}"
            yield Problem(record.source.locate("retain_until"), message, hint, release.version, severity)


def _began(release: Release) -> tuple[date, str] | None:
    """Day from which retention counts, and what happened on it."""
    if release.facts and release.facts.closed_at:
        return release.facts.closed_at.date(), "the closure"
    end = last_end(release)
    return (end.date(), "the deployment") if end else None


def _later(day: date, years: int) -> date:
    """The same day some years later; 1 March where that year has no 29 February."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


RULE = Rule(__name__, check, guards=("audit-package",))
