"""A critical or high scan result is suppressed, or waits for a review, and no accepted exception covers it.

## Why it matters
A comment in the source switches a result off, and whoever wrote the fault can write the comment. The result is in no
total then, and nobody who answers for the risk has seen it. The same holds of a result whose `kind` is `review` or
`open`: the scanner leaves it to a person, and nothing says that a person looked.

It is a warning: a suppression may be right. It is there to be seen, with the name of what was set aside.

## How to fix
Correct it, or look at it and take the suppression out. If it has to stay, have an exception accepted whose `covers`
lists the result's id, and name the exception under the scan's `exceptions`.

## Controls
- SOC 2 CC8.1: changes are tested before they are approved.
- PCI DSS 6.5.1: testing shows that a change does not weaken security; for custom code, against 6.2.4.
"""

from collections import Counter
from datetime import date

from release_portal.finding import Severity
from release_portal.portal import Portal
from release_portal.records.scans import Scans
from release_portal.rules._exceptions import by_id, covered
from release_portal.rules._reports import scans_in
from release_portal.rules._rule import Problem, Problems, Rule, by_stage

RANKS = ("critical", "high")


def check(portal: Portal) -> Problems:
    """Look for what excuses every critical and high result that is in no total."""
    known = by_id(portal)
    for release, record in portal.all(Scans):
        for index, scan in enumerate(record.value.scans if record.value else ()):
            aside = [one for report in scans_in(release, scan.evidence) for one in report.set_aside]
            grave = Counter(one for one in aside if one.rank in RANKS)
            at = record.source.locate("scans", index, "totals")
            if not grave or by_stage(portal, release, at) is None:
                continue
            exceptions = (one for name in scan.exceptions for one in known.get(name, ()))
            excused = covered(exceptions, scan.ran_at.date())
            for result, count in grave.items():
                if result.rule not in excused:
                    times = f" ({count} times)" if count > 1 else ""
                    message = f"{scan.tool}: {result.rank} result '{result.rule}' is suppressed, or left to a review{times}"
                    hint = f"correct it, or name an exception under `exceptions` whose `covers` lists '{result.rule}'"
                    yield Problem(at, message, hint, release.version)


RULE = Rule(__name__, check, Severity.WARNING, guards=("scans",), since=date(2026, 11, 30))
