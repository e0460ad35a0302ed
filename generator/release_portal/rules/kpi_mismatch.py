"""A KPI says of the monitoring window what its own samples contradict, or what cannot be.

## Why it matters
The figure over the whole window decides whether the release met its threshold. One that is better than every sample
taken in the window was not computed from them.

Worse than every sample may be right: what went wrong between two samples lowers the figure and shows in none. Figures
are compared to as many decimals as the KPI has. A sample from outside the window says nothing of it. An availability,
an uptime, a success rate or a coverage in `%` lies between 0 and 100.

## How to fix
Compute the figure again from the monitoring system, over the window as it stands in the record. Correct the sample, its
time or its unit if that is wrong, and keep the export under `evidence`.

## Controls
- PCI DSS 6.5.2: after a significant change, requirements are confirmed to hold.
- PCAOB AS 1105: evidence is complete and accurate.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from release_portal.portal import Portal
from release_portal.records._contents import Route
from release_portal.records.health import Health, Sample
from release_portal.rules._phrases import moment
from release_portal.rules._rule import Problem, Problems, Rule

_SHARES = re.compile(r"\b(availability|uptime|success|coverage)\b", re.IGNORECASE)
_WHOLE = Decimal(100)
_Faults = Iterator[tuple[Route, str, str]]


def check(portal: Portal) -> Problems:
    """Compare what was measured over the window with the samples taken in it."""
    for release, record in portal.all(Health):
        if record.value:
            found = (*_impossible(record.value), *_flattered(record.value), *_astray(record.value))
            for route, message, hint in found:
                yield Problem(record.source.locate("kpis", *route), message, hint, release.version)


def _impossible(health: Health) -> _Faults:
    """Shares that are less than nothing, or more than all."""
    for index, kpi in enumerate(health.kpis):
        values: list[tuple[Route, Decimal]] = [((index, "measured"), kpi.measured)]
        values += [((index, "samples", at, "value"), one.value) for at, one in enumerate(kpi.samples)]
        for route, value in values if kpi.unit == "%" and _SHARES.search(kpi.name) else ():
            if not 0 <= value <= _WHOLE:
                yield route, f"{kpi.name} cannot be {value} %", "a share is 0 to 100 %"


def _flattered(health: Health) -> _Faults:
    """Figures of the window that are better than the best sample, rounded as they are."""
    for index, kpi in enumerate(health.kpis):
        least, places = kpi.direction == "at-least", kpi.measured.as_tuple().exponent
        samples = [one.value for one in kpi.samples if _inside(health, one)]
        if not samples or not isinstance(places, int):
            continue
        best = max(samples) if least else min(samples)
        rounded = round(best, -places)
        if kpi.measured > rounded if least else kpi.measured < rounded:
            what = f"{kpi.name} was {kpi.measured} {kpi.unit} over the window"
            message = f"{what}, better than each of its {len(samples)} samples"
            yield (index, "measured"), message, f"the best of them is {best} {kpi.unit}"


def _astray(health: Health) -> _Faults:
    """The first sample from outside the window, and how many more there are."""
    found = [
        (index, number, kpi.name)
        for index, kpi in enumerate(health.kpis)
        for number, one in enumerate(kpi.samples)
        if not _inside(health, one)
    ]
    for index, number, name in found[:1]:
        more = f", and {len(found) - 1} more" if found[1:] else ""
        hint = f"the window is from {moment(health.window.from_)} to {moment(health.window.until)}"
        message = f"a sample of {name} was taken outside the monitoring window{more}"
        yield (index, "samples", number, "at"), message, hint


def _inside(health: Health, one: Sample) -> bool:
    return health.window.from_ <= one.at <= health.window.until


RULE = Rule(__name__, check, guards=("health",), since=date(2026, 11, 24))
